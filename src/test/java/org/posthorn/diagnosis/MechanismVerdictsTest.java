package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Failure;

/** Ways to log in that a server does not take, or takes in another version. */
class MechanismVerdictsTest {
    private static Finding finding(Login login, Failure failure) {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.example.org")
                .withSecurity(TlsMode.IMPLICIT)
                .withLogin(login);
        return Diagnosis.of(
                        endpoint,
                        Timelines.connected(993).tls().greeted("* OK hi").failed(failure))
                .getFirst();
    }

    @Test
    void theCurrentUserIsToldOfAnotherWayAndNotOfAMechanism() {
        Finding finding = finding(
                Login.currentUser(), new Failure.MechanismNotOffered(List.of("GSSAPI"), List.of("PLAIN", "LOGIN")));

        assertThat(finding.cause()).isEqualTo(Cause.AUTH_MECHANISM_MISMATCH);
        assertThat(finding.field()).contains(Field.LOGIN);
        assertThat(finding.remedy()).contains("Sign in with", "Kerberos").doesNotContain("Mechanism");
    }

    @Test
    void aRefusedNtlmIsToldOfItsFirstVersion() {
        Finding finding = finding(
                Login.password("alice", Secret.of("secret")),
                new Failure.LoginRejected(
                        "NTLM", true, "535 Incorrect authentication data", Optional.empty(), Optional.empty()));

        assertThat(finding.cause()).isEqualTo(Cause.WRONG_CREDENTIALS);
        assertThat(finding.remedy()).contains("NTLM-V1", "DOMAIN\\name");
    }
}
