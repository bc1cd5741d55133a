package org.posthorn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EndpointJsonTest {
    private final JsonMapper mapper = new JsonMapper();

    @Test
    void everySettingComesBackAsItWas() throws UnreadableEntry {
        Samples samples = new Samples(42);
        Node reused = new Node(mapper.createObjectNode());

        for (int i = 0; i < 500; i++) {
            Endpoint endpoint = samples.endpoint();
            EndpointJson.write(endpoint, reused);
            ObjectNode read = (ObjectNode) mapper.readTree(mapper.writeValueAsString(reused.json()));

            assertThat(EndpointJson.read(new Node(read))).isEqualTo(endpoint);
        }
    }

    /** A setting that is added to the records has to be added to the samples, and by them to the file. */
    @Test
    void theSamplesVaryEverySetting() throws ReflectiveOperationException {
        Samples samples = new Samples(42);
        Map<String, Set<Object>> values = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            collect("", samples.endpoint(), values);
        }

        List<String> constant = new ArrayList<>();
        values.forEach((component, seen) -> {
            if (seen.size() < 2 && !component.matches(".*\\.(password|passphrase|token|secret|refreshToken)")) {
                constant.add(component);
            }
        });
        assertThat(constant).isEmpty();
    }

    @Test
    void takesOneMechanismAsATextToo() throws UnreadableEntry {
        String json = "{'protocol':'imap','host':'h','login':{'kind':'password','user':'alice','mechanism':'PLAIN'}}";
        ObjectNode read = (ObjectNode) mapper.readTree(json.replace('\'', '"'));

        assertThat(EndpointJson.read(new Node(read)).login())
                .isEqualTo(new Login.Password("alice", Secret.of(""), SaslSettings.of("PLAIN")));
    }

    @Test
    void whatIsNotThereHasItsDefault() throws UnreadableEntry {
        ObjectNode least = mapper.createObjectNode().put("protocol", "smtp").put("host", "mail.example.org");

        assertThat(EndpointJson.read(new Node(least))).isEqualTo(Endpoint.of(Protocol.SMTP, "mail.example.org"));
    }

    @Test
    void namesTheMemberThatCannotBeRead() {
        assertUnreadable("{'protocol':'imap','port':'x'}", "“port” is not a whole number");
        assertUnreadable("{'protocol':'imap','security':'quantum'}", "“security” cannot be “quantum”");
        assertUnreadable("{'protocol':'imap','login':{'kind':'oath'}}", "the login “oath” is unknown");
        assertUnreadable("{'protocol':'imap','tls':{'versions':'1.2'}}", "“versions” is not a list of texts");
        assertUnreadable("{'protocol':'imap','tls':7}", "“tls” is not an object");
        assertUnreadable("{'protocol':'imap','timeouts':{'connect':'10'}}", "“connect” is not a duration");
        assertUnreadable("{'protocol':'imap','allowPlaintext':'yes'}", "“allowPlaintext” is neither true nor false");
        assertUnreadable("{'host':'mail.example.org'}", "“protocol” is missing");
    }

    private void assertUnreadable(String json, String sentence) {
        Node node = new Node((ObjectNode) mapper.readTree(json.replace('\'', '"')));
        assertThatThrownBy(() -> EndpointJson.read(node))
                .isInstanceOf(UnreadableEntry.class)
                .hasMessageContaining(sentence);
    }

    private static void collect(String path, Object value, Map<String, Set<Object>> values)
            throws ReflectiveOperationException {
        values.computeIfAbsent(path, _ -> new HashSet<>()).add(value);
        if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                collect(
                        path + "." + component.getName(),
                        component.getAccessor().invoke(value),
                        values);
            }
        }
    }
}
