package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** What a server means that does not open a folder. */
class FolderVerdictsTest {
    private static final Endpoint IMAP = Endpoint.of(Protocol.IMAP, "mail.example.org");

    @ParameterizedTest(name = "{1} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "EXAMINE | a5 NO Mailbox doesn't exist: nope      | FOLDER_UNAVAILABLE      | does not open the folder",
                "SELECT  | a5 NO [NONEXISTENT] nothing there      | FOLDER_UNAVAILABLE      | does not open the folder",
                "APPEND  | a5 NO [TRYCREATE] no                   | FOLDER_UNAVAILABLE      | does not open the folder",
                "STATUS  | a5 NO I will not say                   | FOLDER_UNAVAILABLE      | does not open the folder",
                "SELECT  | a5 NO [NOPERM] no                      | FOLDER_UNAVAILABLE      | does not let this login",
                "EXAMINE | a5 NO Permission denied                | FOLDER_UNAVAILABLE      | does not let this login",
                "SELECT  | a5 NO SELECT Unsafe Login.             | CLIENT_ID_REQUIRED      | opens no folder to a"
                        + " program",
                "SELECT  | a5 NO [UNAVAILABLE] later              | SERVER_UNAVAILABLE      | refuses to serve",
                "EXAMINE | a5 BAD what                            | CLIENT_COMMAND_REJECTED | does not understand",
                "FETCH   | a5 NO no such message                  | CLIENT_COMMAND_REJECTED | does not understand"
            })
    void aRefusalIsExplained(String command, String words, Cause cause, String said) {
        Failure failure = new Failure.CommandRejected(Phase.READY, command, words);

        Finding finding = Diagnosis.of(IMAP, Timelines.connected(993).tls().failed(failure))
                .getFirst();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.confidence()).isBetween(0.1, 1.0);
        assertThat(finding.user()).contains(said);
        assertThat(List.of(finding.user(), finding.admin(), finding.remedy()))
                .allSatisfy(sentence -> assertThat(sentence).isNotBlank().doesNotContain("{", "}", "  "));
        assertThat(finding.evidence()).contains(new Evidence(Phase.READY, "The server said: " + words));
    }
}
