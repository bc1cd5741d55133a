package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A password in every form in which it may leak. */
record Canary(List<String> forms) {

    static Canary of(String user, String password) {
        return new Canary(List.of(
                password,
                URLEncoder.encode(password, StandardCharsets.UTF_8),
                base64(password),
                base64("\0" + user + "\0" + password),
                base64(user)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void isAbsentFrom(String... texts) {
        for (String text : texts) {
            assertThat(text).doesNotContain(forms);
        }
    }
}
