package org.posthorn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant, or should be thought about, is told at its field before anything is sent. */
class EndpointProblemsTest {
    private static final Endpoint PLAIN = Endpoint.of(Protocol.IMAP, "mail.example.org");

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(PLAIN.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" mail.example.org", "mail.example.org ", "\tmail.example.org\n"})
    @DisplayName("host: blanks at its ends are left out, and that is told")
    void leavesOuterBlanksOfTheHostOutAndSaysSo(String typed) {
        Endpoint endpoint = PLAIN.withHost(typed);

        assertThat(endpoint.hostName()).isEqualTo("mail.example.org");
        assertWarns(endpoint, Field.HOST, "is left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "imaps://mail.example.org", "alice@mail.example.org", "mail example.org", "1.2.3"})
    @DisplayName("host: what can be none is told")
    void tellsWhatCanBeNoHost(String typed) {
        assertRefuses(PLAIN.withHost(typed), Field.HOST);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "65535, false", "65536, true"})
    @DisplayName("port: goes from 1 to 65535")
    void takesEveryPortThatThereIs(int port, boolean refused) {
        assertThat(PLAIN.withPort(port).problems()).hasSize(refused ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {" alice", "alice "})
    @DisplayName("username: blanks at its ends are sent, and that is told")
    void tellsOfOuterBlanksOfTheUserName(String user) {
        assertWarns(PLAIN.withLogin(Login.password(user, Secret.of("s"))), Field.USER, "is sent so");
    }

    @Test
    @DisplayName("username: a line break in it is told")
    void tellsOfALineBreakInTheUserName() {
        assertRefuses(PLAIN.withLogin(Login.password("alice\n", Secret.of("s"))), Field.USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {" s3cret", "s3cret ", "s3cret\n", "s3cret\r\n"})
    @DisplayName("password: a blank or line break at its ends is sent, and that is told without the password")
    void tellsOfOuterBlanksOfThePassword(String password) {
        Endpoint endpoint = PLAIN.withLogin(Login.password("alice", Secret.of(password)));

        assertWarns(endpoint, Field.PASSWORD, "is sent so");
        assertThat(endpoint.problems().toString() + endpoint).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"PT0.999S, true", "PT1S, false", "PT5M, false", "PT5M0.001S, true"})
    @DisplayName("greeting_timeout: goes from 1 s to 5 min and is never without limit")
    void limitsTheGreetingTimeout(Duration limit, boolean refused) {
        Endpoint endpoint = PLAIN.withTimeouts(Timeouts.defaults().withGreeting(limit));

        assertThat(endpoint.problems())
                .extracting(Problem::field)
                .isEqualTo(refused ? List.of(Field.GREETING_TIMEOUT) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT0.001S, false", "PT24H, false", "PT24H1S, true"})
    @DisplayName("timeout: is more than nothing and never without limit")
    void limitsTheTimeout(Duration limit, boolean refused) {
        Endpoint endpoint = PLAIN.withTimeouts(Timeouts.defaults().withOperation(limit));

        assertThat(endpoint.problems())
                .extracting(Problem::field)
                .isEqualTo(refused ? List.of(Field.OPERATION_TIMEOUT) : List.of());
    }

    @Test
    @DisplayName("timeout: is 60 s by default, that of the greeting 10 s, of connecting 15 s")
    void hasTheDefaultsOfTheTable() {
        assertThat(Timeouts.defaults())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "64, false", "65, true"})
    @DisplayName("connections_quantity: goes from 1 to 64 and is 5 by default")
    void limitsTheNumberOfConnections(int quantity, boolean refused) {
        ConnectionSettings defaults = ConnectionSettings.defaults();

        assertThat(defaults.quantity()).isEqualTo(5);
        assertThat(PLAIN.withConnections(defaults.withQuantity(quantity)).problems())
                .extracting(Problem::field)
                .isEqualTo(refused ? List.of(Field.CONNECTIONS) : List.of());
    }

    @Test
    @DisplayName("use_multi_connection: is off by default, and then heavy work takes one connection")
    void takesSeveralConnectionsOnlyWhereTheyAreWanted() {
        ConnectionSettings settings = ConnectionSettings.defaults().withQuantity(7);

        assertThat(settings.connectionsForHeavyWork()).isEqualTo(1);
        assertThat(settings.withMultiConnection(MultiConnection.ON).connectionsForHeavyWork())
                .isEqualTo(7);
    }

    @Test
    @DisplayName("log_file_name: a path that cannot be written is told at its field and hinders nothing")
    void tellsOfALogFileThatCannotBeWritten(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertWarns(logging(folder), Field.LOG_FILE, "is a folder");
        assertWarns(logging(file.resolve("mail.log")), Field.LOG_FILE, "cannot be written");
        assertThat(logging(folder.resolve("to/be/made/mail.log")).problems()).isEmpty();
        assertThat(PLAIN.withLog(LogSettings.defaults().withFile(Optional.of(folder)))
                        .problems())
                .isEmpty();
    }

    @Test
    @DisplayName("reset_log_settings: no log file, in the usual place, without a date")
    void hasNoLogFileByDefault() {
        assertThat(LogSettings.defaults()).isEqualTo(new LogSettings(false, Optional.empty(), false));
    }

    private static Endpoint logging(Path file) {
        return PLAIN.withLog(new LogSettings(true, Optional.of(file), false));
    }

    private static void assertWarns(Endpoint endpoint, Field field, String words) {
        assertThat(endpoint.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.isError()).isFalse();
            assertThat(problem.sentence()).contains(words);
        });
    }

    private static void assertRefuses(Endpoint endpoint, Field field) {
        assertThat(endpoint.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.isError()).isTrue();
        });
    }
}
