package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.storage.AccountFile;
import org.posthorn.storage.SavedAccount;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A setting is the same whether it is given on the form or by its option, and the account file gives it back. */
class MembersEverywhereTest {
    private static final Endpoint PLAIN = Endpoint.of(Protocol.IMAP, "mail.example.org");
    private static final Endpoint ALICE = PLAIN.withLogin(Login.password("alice", Secret.of("s3cret")));
    private static final String SERVER = "--imap mail.example.org";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PW", "s3cret", "TOKEN", "t0ken", "REFRESH", "r3fresh");

    @TempDir
    private Path folder;

    /** The options of a command line, without a command that would run. */
    @Command
    private static final class Line {
        @Mixin
        private final EndpointOptions endpoint = new EndpointOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();
    }

    private Endpoint options(String line) {
        Line parsed = new Line();
        new CommandLine(parsed).parseArgs(line.split(" ", -1));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, environment());
        SavedAccounts accounts = parsed.endpoint.accounts(console, Optional.empty(), new Paper(nowhere));
        Endpoint endpoint = parsed.endpoint.endpoint(console, accounts);
        return endpoint.withLog(parsed.output.log(endpoint.log()));
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(ENVIRONMENT);
        all.put("XDG_CONFIG_HOME", folder.toString());
        all.put("APPDATA", folder.toString());
        return all;
    }

    private Endpoint saved(Endpoint endpoint) {
        Path file = folder.resolve("posthorn/accounts.json");
        new AccountFile(file, Clock.systemUTC())
                .put(SavedAccount.create(Optional.empty(), new Account("saved", List.of(endpoint))));
        List<SavedAccount> read =
                new AccountFile(file, Clock.systemUTC()).load().accounts();
        return read.getLast().account().endpoints().getFirst();
    }

    private static Endpoint withoutSecrets(Endpoint endpoint) {
        Account account = new Account("any", List.of(endpoint));
        return SavedAccount.create(Optional.empty(), account)
                .withoutSecrets()
                .account()
                .endpoints()
                .getFirst();
    }

    private void isTheSameEverywhere(FilledForm form, String line) {
        Endpoint made = form.endpoint();
        assertThat(made).as("the form").isNotEqualTo(PLAIN).isNotEqualTo(ALICE);
        assertThat(options(line)).as("the options").isEqualTo(made);
        assertThat(saved(made)).as("the account file").isEqualTo(withoutSecrets(made));
    }

    /** The secrets of a login have several options, which a remedy does not list. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PASSWORD", "ACCESS_TOKEN"})
    void everyFieldOfTheFormHasAnOption(Field field) {
        assertThat(new CommandLine(new Line()).getCommandSpec().optionsMap())
                .containsKey(OptionNames.of(field, PLAIN).split(" ", 2)[0]);
    }

    @Test
    @DisplayName("enable_logger: the form, an option and the account file turn the log file on, and an option off")
    void theLogFileIsTurnedOnAndOffEverywhere() {
        Endpoint on = new FilledForm(PLAIN).turn(Field.LOG_ENABLED, true).endpoint();

        assertThat(on.log()).isEqualTo(new LogSettings(true, Optional.empty(), false));
        assertThat(saved(on)).isEqualTo(on);
        assertThat(options("--account saved")).isEqualTo(on);
        assertThat(options(SERVER + " --log-on")).isEqualTo(on);
        assertThat(options(SERVER + " --log posthorn.log").log().enabled()).isTrue();
        assertThat(options("--account saved --no-log").log().enabled()).isFalse();
    }

    @Test
    @DisplayName("enable_logger: the option leaves the file and the date that an account names")
    void theLogFileThatIsTurnedOnIsTheOneOfTheAccount() {
        LogSettings off = new LogSettings(false, Optional.of(Path.of("mail.log")), true);
        saved(PLAIN.withLog(off));

        assertThat(options("--account saved --log-on").log()).isEqualTo(off.withEnabled(true));
    }

    @Test
    @DisplayName("log_file_name: the same by form, option and account file")
    void theNameOfTheLogFileIsGivenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).turn(Field.LOG_ENABLED, true).type(Field.LOG_FILE, "logs/mail.log"),
                SERVER + " --log logs/mail.log");
    }

    @Test
    @DisplayName("use_date_in_log_file_name: the same by form, option and account file")
    void theDateInTheNameIsWantedEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).turn(Field.LOG_ENABLED, true).turn(Field.LOG_DATED, true),
                SERVER + " --log-dated");
    }

    @Test
    @DisplayName("reset_log_settings: a button on the form and an option put the defaults back")
    void theLogSettingsGoBackToTheirDefaultsEverywhere() {
        Endpoint unusual = PLAIN.withLog(new LogSettings(true, Optional.of(Path.of("mail.log")), true));
        saved(unusual);

        assertThat(new FilledForm(unusual).reset("Log").endpoint()).isEqualTo(PLAIN);
        assertThat(options("--account saved --no-log")).isEqualTo(PLAIN);
        assertThat(saved(PLAIN).log()).isEqualTo(LogSettings.defaults());
    }

    @Test
    @DisplayName("supported_encryption: the same by form, option and account file")
    void theVersionsOfTlsAreChosenEverywhere() {
        isTheSameEverywhere(new FilledForm(PLAIN).tick(Field.TLS_VERSIONS, "1.2", false), SERVER + " --tls 1.3");
    }

    @Test
    @DisplayName("set_supported_encryption_unsafe: the same by form, option and account file")
    void obsoleteVersionsAreChosenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).tick(Field.OBSOLETE_TLS, "1.0", true).tick(Field.OBSOLETE_TLS, "1.1", true),
                SERVER + " --tls 1.2,1.3 --obsolete-tls 1.0,1.1");
    }

    @ParameterizedTest
    @CsvSource({"Always, on", "Never, off"})
    @DisplayName("use_pipelining: the same by form, option and account file")
    void pipeliningIsChosenEverywhere(String label, String word) {
        isTheSameEverywhere(new FilledForm(PLAIN).choose(Field.PIPELINING, label), SERVER + " --pipelining " + word);
    }

    @ParameterizedTest
    @CsvSource({"IMAP, imap", "POP3, pop3"})
    @DisplayName("read_only: the same by form, option and account file, and an option overrules an account")
    void readOnlyIsWantedEverywhere(String label, String word) {
        FilledForm form = new FilledForm(PLAIN).choose(Field.PROTOCOL, label).turn(Field.READ_ONLY, true);
        String server = "--" + word + " mail.example.org";

        isTheSameEverywhere(form, server + " --read-only on");
        assertThat(options("--account saved --read-only off")).isEqualTo(options(server));
    }

    @ParameterizedTest
    @CsvSource({
        "imap.example.org, imap.example.org",
        "postfächer.example, postfächer.example",
        "192.0.2.7, 192.0.2.7",
        "[2001:db8::1], [2001:db8::1]"
    })
    @DisplayName("host: the same by form, option and account file")
    void theHostIsGivenEverywhere(String typed, String argument) {
        isTheSameEverywhere(new FilledForm(PLAIN).type(Field.HOST, typed), "--imap " + argument);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, Implicit TLS, implicit, 993",
        "IMAP, STARTTLS, starttls, 143",
        "IMAP, None, none, 143",
        "POP3, Implicit TLS, implicit, 995",
        "POP3, STARTTLS, starttls, 110",
        "POP3, None, none, 110",
        "SMTP, Implicit TLS, implicit, 465",
        "SMTP, STARTTLS, starttls, 587",
        "SMTP, None, none, 587"
    })
    @DisplayName("default_port: that of protocol and TLS mode by form, option and account file")
    void theDefaultPortIsThatOfProtocolAndModeEverywhere(Protocol protocol, String label, String word, int port) {
        FilledForm form =
                new FilledForm(PLAIN).choose(Field.PROTOCOL, protocol.name()).choose(Field.SECURITY, label);

        assertThat(form.text(Field.PORT)).isEqualTo(Integer.toString(port));
        assertThat(form.endpoint().effectivePort()).isEqualTo(port);
        isTheSameEverywhere(form, "--" + protocol.word() + " mail.example.org --security " + word);
    }

    @Test
    @DisplayName("default_port: the form offers port 25 for a relay")
    void theFormOffersThePortOfRelays() {
        FilledForm form = new FilledForm(PLAIN);
        assertThat(form.setting(Field.PORT).hintProperty().get()).doesNotContain("25");

        form.choose(Field.PROTOCOL, "SMTP");

        assertThat(form.setting(Field.PORT).hintProperty().get()).contains("25 for a relay");
    }

    @Test
    @DisplayName("port: the same by form, option and account file")
    void thePortIsGivenEverywhere() {
        isTheSameEverywhere(new FilledForm(PLAIN).type(Field.PORT, "1143"), SERVER + ":1143");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANY_TLS")
    @DisplayName("security_options: the same by form, option and account file")
    void securityIsChosenEverywhere(TlsMode mode) {
        isTheSameEverywhere(
                new FilledForm(PLAIN).choose(Field.SECURITY, mode.label()), SERVER + " --security " + mode.word());
    }

    @Test
    @DisplayName("security_options: leave to end in plaintext is the same by form, option and account file")
    void leaveToEndInPlaintextIsGivenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).choose(Field.SECURITY, "Auto").turn(Field.ALLOW_PLAINTEXT, true),
                SERVER + " --security auto --allow-plaintext");
    }

    @Test
    @DisplayName("use_authentication: form, option and account file do without a login")
    void noLoginIsWantedEverywhere() {
        Endpoint without = new FilledForm(ALICE).choose(Field.LOGIN, "No login").endpoint();

        assertThat(without.login()).isEqualTo(Login.none());
        saved(ALICE);
        assertThat(options("--account saved --no-login")).isEqualTo(without);
        assertThat(saved(without)).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource({"30s", "0s"})
    @DisplayName("connection_checkup_period: the same by form, option and account file")
    void theCheckupPeriodIsGivenEverywhere(String period) {
        isTheSameEverywhere(new FilledForm(PLAIN).type(Field.CHECKUP, period), SERVER + " --checkup " + period);
    }

    @Test
    @DisplayName("use_default_credentials: the same by form, option and account file")
    void theCurrentUserIsChosenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).choose(Field.LOGIN, "Current user (Kerberos)"), SERVER + " --current-user");
    }

    @ParameterizedTest
    @CsvSource({"HTTP, http", "HTTPS, https", "SOCKS4, socks4", "SOCKS4a, socks4a", "SOCKS5, socks5"})
    @DisplayName("proxy: the same by form, option and account file")
    void theProxyIsGivenEverywhere(String label, String scheme) {
        isTheSameEverywhere(
                new FilledForm(PLAIN)
                        .choose(Field.PROXY, label)
                        .type(Field.PROXY_HOST, "proxy.example.org")
                        .type(Field.PROXY_PORT, "1081")
                        .type(Field.PROXY_USER, "pat")
                        .typeSecret(Field.PROXY_PASSWORD, "s3cret")
                        .choose(Field.PROXY_RESOLUTION, "this machine"),
                SERVER + " --proxy " + scheme
                        + "://pat@proxy.example.org:1081 --proxy-password-env PW --resolve-by here");
    }

    @Test
    @DisplayName("proxy: the system's is the same by form, option and account file")
    void theSystemsProxyIsChosenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).choose(Field.PROXY, "As the system says"), SERVER + " --proxy system");
    }

    @Test
    @DisplayName("proxy: form and option leave out the one of an account")
    void noProxyIsChosenEverywhere() {
        Endpoint behind =
                new FilledForm(PLAIN).choose(Field.PROXY, "As the system says").endpoint();
        saved(behind);

        assertThat(new FilledForm(behind).choose(Field.PROXY, "None").endpoint())
                .isEqualTo(PLAIN);
        assertThat(options("--account saved --proxy none")).isEqualTo(PLAIN);
    }

    @Test
    @DisplayName("timeout: the same by form, option and account file")
    void theTimeoutIsGivenEverywhere() {
        isTheSameEverywhere(new FilledForm(PLAIN).type(Field.OPERATION_TIMEOUT, "90s"), SERVER + " --timeout 90s");
    }

    @Test
    @DisplayName("greeting_timeout: it and those before it are the same by form, option and account file")
    void theGreetingTimeoutIsGivenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN)
                        .type(Field.GREETING_TIMEOUT, "2m")
                        .type(Field.CONNECT_TIMEOUT, "500ms")
                        .type(Field.RESOLVE_TIMEOUT, "3s"),
                SERVER + " --greeting-timeout 2m --connect-timeout 500ms --resolve-timeout 3s");
    }

    @Test
    @DisplayName(
            "username: it and the password are the same by form and option, and the account file has the name alone")
    void userNameAndPasswordAreGivenEverywhere() {
        FilledForm form = new FilledForm(PLAIN)
                .choose(Field.LOGIN, "Password")
                .type(Field.USER, "älice")
                .typeSecret(Field.PASSWORD, "s3cret");

        isTheSameEverywhere(form, SERVER + " --user älice --password-env PW");
        assertThat(saved(form.endpoint()).login()).isEqualTo(Login.password("älice", Secret.of("")));
    }

    @Test
    @DisplayName("access_token: the same by form and option, and the account file has the user name alone")
    void theAccessTokenIsGivenEverywhere() {
        FilledForm form = new FilledForm(PLAIN)
                .choose(Field.LOGIN, "Access token")
                .type(Field.USER, "alice")
                .typeSecret(Field.ACCESS_TOKEN, "t0ken");

        isTheSameEverywhere(form, SERVER + " --user alice --token-env TOKEN");
        assertThat(saved(form.endpoint()).login()).isEqualTo(Login.accessToken("alice", Secret.of("")));
    }

    @ParameterizedTest
    @CsvSource({
        "Browser, code",
        "Device code, device",
        "Client credentials, client-credentials",
        "Refresh token, refresh"
    })
    @DisplayName("token_provider: the same by form, option and account file, which has no secret")
    void theTokenProviderIsChosenEverywhere(String label, String word) {
        FilledForm form = new FilledForm(PLAIN)
                .choose(Field.LOGIN, "OAuth")
                .type(Field.USER, "alice")
                .choose(Field.TOKEN_FLOW, label)
                .type(Field.CLIENT_ID, "id")
                .typeSecret(Field.CLIENT_SECRET, "s3cret")
                .typeSecret(Field.REFRESH_TOKEN, "r3fresh")
                .type(Field.SCOPE, "mail")
                .type(Field.AUTHORIZATION_ENDPOINT, "https://a.test/a")
                .type(Field.TOKEN_ENDPOINT, "https://a.test/t")
                .type(Field.DEVICE_ENDPOINT, "https://a.test/d");

        isTheSameEverywhere(
                form,
                SERVER + " --user alice --token-provider " + word
                        + " --client-id id --client-secret-env PW --refresh-token-env REFRESH --scope mail"
                        + " --authorization-endpoint https://a.test/a --token-endpoint https://a.test/t"
                        + " --device-endpoint https://a.test/d");
    }

    @Test
    @DisplayName("token_provider: a command is the same by form, option and account file")
    void theTokenCommandIsGivenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN)
                        .choose(Field.LOGIN, "OAuth")
                        .type(Field.USER, "alice")
                        .choose(Field.TOKEN_FLOW, "Command")
                        .type(Field.TOKEN_COMMAND, "gettoken"),
                SERVER + " --user alice --token-provider command --token-command gettoken");
    }

    @ParameterizedTest
    @CsvSource({"Main, main", "Default, default"})
    @DisplayName("connection_asgmt_mode: the same by form, option and account file")
    void theAssignmentModeIsChosenEverywhere(String label, String word) {
        isTheSameEverywhere(new FilledForm(PLAIN).choose(Field.ASSIGNMENT, label), SERVER + " --assignment " + word);
    }

    @Test
    @DisplayName("use_multi_connection: the same by form, option and account file")
    void severalConnectionsAreWantedEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).choose(Field.MULTI_CONNECTION, "On"), SERVER + " --multi-connection on");
    }

    @Test
    @DisplayName("connections_quantity: the same by form, option and account file")
    void theNumberOfConnectionsIsGivenEverywhere() {
        isTheSameEverywhere(
                new FilledForm(PLAIN).choose(Field.MULTI_CONNECTION, "On").type(Field.CONNECTIONS, "17"),
                SERVER + " --connections 17");
    }
}
