package org.posthorn.diagnosis;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;

/**
 * Puts verdicts into words. Sentences name their values, as in {@code {host}}, rather than number them, so that a translator can
 * read and reorder them; {@code {field.security}} is the label of a field and {@code {mode.starttls}} that of a choice.
 */
final class Sentences {
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z.]+)}");

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final ResourceBundle bundle = ResourceBundle.getBundle("org.posthorn.diagnosis.sentences");
    private final Map<String, String> settings = new HashMap<>();
    private final boolean tokenProvided;

    Sentences(Situation situation, Function<Field, String> names) {
        Endpoint endpoint = situation.endpoint();
        tokenProvided = endpoint.login() instanceof Login.TokenProvider;
        settings.put("host", endpoint.hostName());
        settings.put("port", Integer.toString(situation.port()));
        settings.put("protocol", endpoint.protocol().name());
        settings.put("security", endpoint.security().label());
        settings.put("tlsPort", Integer.toString(endpoint.protocol().defaultPort(TlsMode.IMPLICIT)));
        settings.put("plainPort", Integer.toString(endpoint.protocol().defaultPort(TlsMode.STARTTLS)));
        settings.put("user", situation.user());
        settings.put("provider", situation.provider().map(Provider::label).orElse(endpoint.hostName()));
        settings.put("mechanism", situation.mechanism());
        settings.put("startCommand", endpoint.protocol() == Protocol.POP3 ? "STLS" : "STARTTLS");
        for (Field field : Field.values()) {
            settings.put("field." + camelCase(field.name()), names.apply(field));
        }
        for (TlsMode mode : TlsMode.values()) {
            settings.put("mode." + mode.word(), mode.label());
        }
    }

    Finding finding(Verdict verdict) {
        Map<String, String> values = new HashMap<>(settings);
        values.putAll(verdict.values());
        String name = verdict.sentence();
        return new Finding(
                verdict.cause(),
                verdict.severity(),
                verdict.confidence(),
                text(name + ".user", values),
                text(name + ".admin", values),
                verdict.evidence().stream().map(this::evidence).toList(),
                text(remedy(name), values),
                verdict.actor(),
                verdict.field());
    }

    /** Who has a provider for the token is told what to change there. */
    private String remedy(String name) {
        String ofProvider = name + ".remedy.provider";
        return tokenProvided && bundle.containsKey(ofProvider) ? ofProvider : name + ".remedy";
    }

    private Evidence evidence(Clue clue) {
        // A server could write lines that look like evidence of their own.
        String line = LINE_BREAK.matcher(clue.value().strip()).replaceAll(" ↵ ");
        return new Evidence(clue.phase(), text("evidence." + clue.sentence(), Map.of("value", line)));
    }

    private String text(String key, Map<String, String> values) {
        Matcher names = NAME.matcher(bundle.getString(key));
        return names.replaceAll(found -> Matcher.quoteReplacement(value(key, found.group(1), values)));
    }

    private static String value(String key, String name, Map<String, String> values) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the sentence " + key + " names " + name + ", which has no value");
        }
        return value;
    }

    private static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
