package org.posthorn.storage.keychain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.posthorn.account.Secret;

/** A program of its own in a session of its own: a command on each line of its input, an answer on each of its output. */
final class KeychainProgram {
    private KeychainProgram() {}

    public static void main(String[] arguments) throws IOException {
        Keychain keychain = new LibsecretKeychain(System.getenv(), Duration.ofMillis(Long.parseLong(arguments[0])));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            try {
                System.out.println(answer(keychain, words));
            } catch (KeychainRefusal refusal) {
                System.out.println(refusal.reason() + " " + refusal.sentence());
            }
        }
    }

    private static String answer(Keychain keychain, String[] words) throws KeychainRefusal {
        return switch (words[0]) {
            case "find" ->
                keychain.find(words[1])
                        .map(secret -> "found " + secret.reveal())
                        .orElse("nothing");
            case "put" -> {
                keychain.put(words[1], Secret.of(words[2]));
                yield "done";
            }
            default -> {
                keychain.remove(words[1]);
                yield "done";
            }
        };
    }
}
