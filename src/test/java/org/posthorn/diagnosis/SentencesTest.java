package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Timeline;

class SentencesTest {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.posthorn.diagnosis.sentences");
    private static final Sentences SENTENCES = new Sentences(
            new Situation(Endpoint.of(Protocol.IMAP, "mail.example.org"), Timeline.empty(1)), Field::label);

    @Test
    void everySentenceBelongsToACause() {
        Set<String> codes = Arrays.stream(Cause.values()).map(Cause::code).collect(Collectors.toSet());
        assertThat(BUNDLE.keySet().stream().filter(key -> !key.startsWith("evidence.")))
                .allSatisfy(key -> assertThat(codes).contains(key.substring(0, key.indexOf('.'))));
    }

    /** A server that writes line breaks cannot add evidence of its own. */
    @Test
    void evidenceIsOneLine() {
        Verdict verdict = Verdict.of(Cause.SERVER_SIDE_FAILURE, 0.5)
                .seen(Phase.LOGIN, "serverText", "NO first\r\nThe certificate: is fine\u2028third\n");

        assertThat(SENTENCES.finding(verdict).evidence())
                .extracting(Evidence::text)
                .containsExactly("The server said: NO first ↵ The certificate: is fine ↵ third");
    }

    @Test
    void everyCauseThatHasAWordHasAllThree() {
        assertThat(BUNDLE.keySet().stream().filter(key -> key.endsWith(".user")))
                .allSatisfy(key -> {
                    String name = key.substring(0, key.length() - ".user".length());
                    assertThat(BUNDLE.keySet()).contains(name + ".admin", name + ".remedy");
                });
    }

    /** What a rule finds in a server's words has its sentences, with no value that only one place could give. */
    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {
                "TOO_MANY_CONNECTIONS",
                "AUTH_RATE_LIMITED",
                "RATE_LIMITED",
                "BANDWIDTH_QUOTA_EXCEEDED",
                "MAILBOX_IN_USE",
                "CLIENT_HOST_REJECTED",
                "CLIENT_IP_BANNED",
                "ENCRYPTION_REQUIRED",
                "WEB_LOGIN_REQUIRED",
                "APP_PASSWORD_REQUIRED",
                "SMTP_AUTH_DISABLED",
                "BASIC_AUTH_DISABLED",
                "SECURITY_POLICY_BLOCK",
                "PASSWORD_EXPIRED",
                "MAILBOX_PROTOCOL_DISABLED",
                "USERNAME_FORMAT",
                "CLOCK_WRONG",
                "AUTH_SHOULD_BE_OFF",
                "SERVER_SIDE_FAILURE"
            })
    void aRuleNeedsNoValuesOfItsOwn(Cause cause) {
        assertThat(SENTENCES.finding(Verdict.of(cause, 0.5)).remedy()).isNotBlank();
    }
}
