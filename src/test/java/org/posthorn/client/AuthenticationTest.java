package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;

class AuthenticationTest {
    private final Checks checks = new Checks();

    @AfterEach
    void endTheTimer() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "LOGINDISABLED, LoginDisabled",
        "LOGINDISABLED STARTTLS AUTH=SKEY, LoginDisabled",
        "LOGINDISABLED AUTH=SKEY, MechanismNotOffered",
    })
    void tellsWhetherTlsOrAnotherMechanismIsMissing(String capabilities, String kind) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1 " + capabilities + "] ready");
            peer.ignore();
        })) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withLogin(Login.password("alice", Secret.of("s3cret!")));

            CheckResult result = checks.run(endpoint);

            assertThat(result.timeline().failure().map(Failure::kind)).contains(kind);
            assertThat(server.heard()).isEqualTo(List.of());
        }
    }
}
