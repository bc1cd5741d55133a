package org.posthorn.desktop.viewmodel.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.AddressFamily;
import org.posthorn.account.AddressOrder;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Compression;
import org.posthorn.account.ConnectionAssignment;
import org.posthorn.account.ConnectionSettings;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.LogSettings;
import org.posthorn.account.Login;
import org.posthorn.account.MultiConnection;
import org.posthorn.account.Pipelining;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.ProxyKind;
import org.posthorn.account.ProxySettings;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.SaslSettings;
import org.posthorn.account.Secret;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.account.TrustStore;

class SettingsViewModelTest {
    private static final Endpoint SAVED =
            Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.password("alice", Secret.of("secret")));

    private final SettingsViewModel form = new SettingsViewModel(SAVED, _ -> true);

    @Test
    void buildsTheEndpointThatItWasFilledWith() {
        Endpoint unusual = new Endpoint(
                Protocol.SMTP,
                "mx.example.org",
                OptionalInt.of(2525),
                TlsMode.AUTO,
                true,
                new TlsSettings(
                        Set.of(TlsVersion.TLS_1_2),
                        new Trust(
                                TrustStore.SYSTEM,
                                Optional.of(Path.of("/etc/ca.pem")),
                                Set.of("ab".repeat(32), "cd".repeat(32))),
                        Optional.of(new ClientCertificate(Path.of("/etc/client.p12"), Secret.of("p"))),
                        List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                        List.of("secp384r1", "x25519"),
                        RevocationPolicy.REQUIRE),
                new Login.Password(
                        "bob",
                        Secret.of("s"),
                        SaslSettings.of("LOGIN", "PLAIN").withAuthorizationId(Optional.of("carol"))),
                new Timeouts(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofMinutes(2), Duration.ofHours(3)),
                Optional.of("192.0.2.7"),
                AddressFamily.IPV6,
                AddressOrder.HAPPY_EYEBALLS,
                Optional.of("client.example.org"),
                Optional.of(ProxySettings.of(ProxyKind.SOCKS5, "proxy.example.org")
                        .withPort(OptionalInt.of(1081))
                        .withLogin("pat", Secret.of("p"))
                        .withResolution(ProxySettings.Resolution.HERE)),
                new ConnectionSettings(
                        ConnectionAssignment.DEFAULT,
                        Duration.ofSeconds(30),
                        MultiConnection.ON,
                        17,
                        Pipelining.OFF,
                        Compression.ON,
                        true),
                new LogSettings(true, Optional.of(Path.of("/tmp/mail.log")), true));

        SettingsViewModel filled = new SettingsViewModel(unusual, _ -> true);

        assertThat(filled.current()).isEqualTo(unusual);
        assertThat(filled.unsavedProperty().get()).isZero();
    }

    @Test
    @DisplayName("reset_log_settings: the button of a section puts its defaults back as a whole")
    void aSectionIsPutBackToItsDefaultsAsAWhole() {
        SettingsViewModel filled = new SettingsViewModel(
                SAVED.withLog(new LogSettings(true, Optional.of(Path.of("/tmp/mail.log")), true)), _ -> true);
        SettingSection log = filled.sections().stream()
                .filter(section -> section.title().equals("Log"))
                .findFirst()
                .orElseThrow();
        assertThat(log.changesProperty().get()).isEqualTo(3);

        log.reset();

        assertThat(filled.current().log()).isEqualTo(LogSettings.defaults());
        assertThat(log.changesProperty().get()).isZero();
        assertThat(filled.current().login()).isEqualTo(SAVED.login());
    }

    /** Problems and remedies point at fields; each must be found on the form. */
    @Test
    void hasASettingForEveryFieldOfAnEndpoint() {
        Set<Field> ofTheAccount = EnumSet.of(Field.NAME, Field.FOLDER);

        assertThat(form.fields().map(SettingField::field))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Field.values())
                        .filter(field -> !ofTheAccount.contains(field))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"IMAP, true", "POP3, true", "SMTP, false"})
    @DisplayName("read_only: is asked for where there is a mailbox")
    void readOnlyIsAskedForWhereThereIsAMailbox(Protocol protocol, boolean asked) {
        SettingsViewModel shown = new SettingsViewModel(Endpoint.of(protocol, "mail.example.org"), _ -> true);

        assertThat(shown.field(Field.READ_ONLY).orElseThrow().visibleProperty().get())
                .isEqualTo(asked);
    }

    @Test
    void warnsOfObsoleteTlsFromTheBeginningAndAsLongAsItIsOn() {
        Endpoint old = SAVED.withTls(TlsSettings.defaults().obsolete(Set.of(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1)));

        SettingsViewModel loaded = new SettingsViewModel(old, _ -> true);

        SettingField<?> obsolete = loaded.field(Field.OBSOLETE_TLS).orElseThrow();
        assertThat(obsolete.problemProperty().get())
                .hasValueSatisfying(problem -> assertThat(problem.isError()).isFalse());
        assertThat(loaded.hasErrors()).isFalse();
        assertThat(loaded.current()).isEqualTo(old);
        obsolete.reset();
        assertThat(obsolete.problemProperty().get()).isEmpty();
    }

    @Test
    void whatIsTypedIsInTheEndpointAtOnce() {
        type(Field.HOST, "imap.example.org");
        type(Field.USER, "bob");
        type(Field.CONNECT_TIMEOUT, "500ms");

        assertThat(form.current())
                .isEqualTo(SAVED.withHost("imap.example.org")
                        .withLogin(Login.password("bob", Secret.of("secret")))
                        .withTimeouts(Timeouts.defaults().withConnect(Duration.ofMillis(500))));
    }

    @Test
    @DisplayName("port: follows the default of protocol and mode until one is typed")
    void thePortFollowsSecurityAndProtocolUntilOneIsTyped() {
        assertThat(text(Field.PORT).value()).isEqualTo("993");

        choose(Field.SECURITY, TlsMode.STARTTLS);
        assertThat(text(Field.PORT).value()).isEqualTo("143");
        choose(Field.PROTOCOL, Protocol.SMTP);
        assertThat(text(Field.PORT).value()).isEqualTo("587");
        assertThat(form.current().port()).isEmpty();

        type(Field.PORT, "2525");
        choose(Field.SECURITY, TlsMode.IMPLICIT);
        assertThat(text(Field.PORT).value()).isEqualTo("2525");
        assertThat(form.current().port()).hasValue(2525);
    }

    @Test
    void aPortThatIsClearedFollowsAgain() {
        type(Field.PORT, "2525");
        type(Field.PORT, "");
        assertThat(form.current().port()).isEmpty();
        assertThat(text(Field.PORT).promptProperty().get()).isEqualTo("993");

        type(Field.PORT, "2525");
        text(Field.PORT).reset();
        assertThat(text(Field.PORT).value()).isEqualTo("993");
        assertThat(form.current().port()).isEmpty();
    }

    @Test
    void textThatCannotBeReadIsAProblemAtItsFieldAndLeavesTheSettingAsItWas() {
        type(Field.PORT, "99x");
        type(Field.GREETING_TIMEOUT, "10");

        assertThat(problem(Field.PORT)).contains("A port is a number from 1 to 65535.");
        assertThat(problem(Field.GREETING_TIMEOUT))
                .contains("Type a time with its unit, for example 10s, 500ms or 2m.");
        assertThat(form.current()).isEqualTo(SAVED);
        assertThat(form.hasErrors()).isTrue();
        assertThat(form.hasUnreadable()).isTrue();
    }

    @Test
    void aValueThatCannotBeUsedIsAProblemAtItsField() {
        type(Field.HOST, "https://mail.example.org");
        type(Field.PORT, "70000");

        assertThat(problem(Field.HOST))
                .contains("Type the host name alone, without a scheme such as imaps:// and without a path.");
        assertThat(problem(Field.PORT)).contains("A port is a number from 1 to 65535.");
        assertThat(form.hasUnreadable()).isFalse();
    }

    @Test
    void aNewFormSaysNothingUntilItIsTypedIntoOrConnectedWith() {
        SettingsViewModel empty = new SettingsViewModel(
                Endpoint.of(Protocol.IMAP, "").withLogin(Login.password("", Secret.of(""))), _ -> true);

        assertThat(shown(empty)).isEmpty();
        assertThat(empty.hasErrors()).isTrue();

        empty.showProblems();
        assertThat(shown(empty)).containsExactlyInAnyOrder(Field.HOST, Field.USER, Field.PASSWORD);
    }

    @Test
    void marksWhatDiffersFromItsDefaultAndPutsItBack() {
        type(Field.CONNECT_TIMEOUT, "3s");
        leaveOut((SetSetting<?>) field(Field.TLS_VERSIONS), TlsVersion.TLS_1_2);

        assertThat(form.fields().filter(f -> f.changedProperty().get()).map(SettingField::field))
                .containsExactlyInAnyOrder(Field.CONNECT_TIMEOUT, Field.TLS_VERSIONS);
        assertThat(section("Timeouts").changesProperty().get()).isEqualTo(1);

        field(Field.CONNECT_TIMEOUT).reset();
        field(Field.TLS_VERSIONS).reset();
        assertThat(form.current()).isEqualTo(SAVED);
        assertThat(section("Timeouts").changesProperty().get()).isZero();
    }

    @Test
    void hidesWhatHasNoMeaning() {
        assertThat(visible(Field.ALLOW_PLAINTEXT)).isFalse();
        assertThat(visible(Field.EHLO)).isFalse();

        choose(Field.SECURITY, TlsMode.AUTO);
        choose(Field.PROTOCOL, Protocol.SMTP);
        assertThat(visible(Field.ALLOW_PLAINTEXT)).isTrue();
        assertThat(visible(Field.EHLO)).isTrue();

        choose(Field.SECURITY, TlsMode.NONE);
        assertThat(section("TLS").visibleProperty().get()).isFalse();
    }

    @Test
    void whatIsWrongIsShownAlsoWhereItHasNoMeaning() {
        choose(Field.PROTOCOL, Protocol.SMTP);
        type(Field.EHLO, "two words");
        choose(Field.PROTOCOL, Protocol.IMAP);

        assertThat(visible(Field.EHLO)).isTrue();
    }

    @Test
    void switchingTheLoginOffAndOnKeepsWhatWasTyped() {
        choose(Field.LOGIN, LoginKind.NONE);
        assertThat(form.current().login()).isEqualTo(Login.none());
        assertThat(visible(Field.USER)).isFalse();

        choose(Field.LOGIN, LoginKind.PASSWORD);
        assertThat(form.current()).isEqualTo(SAVED);
    }

    @Test
    void countsWhatIsNotSavedButNoPassword() {
        type(Field.HOST, "imap.example.org");
        type(Field.PORT, "2525");
        secret().valueProperty().set(Secret.of("another"));

        assertThat(form.unsavedProperty().get()).isEqualTo(2);
        assertThat(field(Field.HOST).unsavedProperty().get()).isTrue();
    }

    @Test
    void revertsToWhatIsSavedAndKeepsThePassword() {
        type(Field.HOST, "imap.example.org");
        type(Field.PORT, "99x");
        secret().valueProperty().set(Secret.of("another"));

        form.revertTo(SAVED.withLogin(Login.password("alice", Secret.of(""))));

        assertThat(form.current()).isEqualTo(SAVED.withLogin(Login.password("alice", Secret.of("another"))));
        assertThat(form.unsavedProperty().get()).isZero();
        assertThat(problem(Field.PORT)).isEmpty();
    }

    @Test
    void takesTheFormForWhatIsSaved() {
        type(Field.HOST, "imap.example.org");

        form.savedAs(form.current());

        assertThat(form.unsavedProperty().get()).isZero();
        assertThat(form.saved().host()).isEqualTo("imap.example.org");
    }

    @Test
    void offersTheMechanismsOfTheProtocolAndTheOneInForce() {
        assertThat(labels(mechanism()))
                .startsWith("Automatic", "SASL PLAIN", "SASL LOGIN")
                .contains("SASL SCRAM-SHA-256", "SASL CRAM-MD5", "SASL EXTERNAL")
                .endsWith("LOGIN command");

        choose(Field.MECHANISM, List.of("IMAP-LOGIN"));
        choose(Field.PROTOCOL, Protocol.POP3);

        assertThat(labels(mechanism()))
                .contains("SASL SCRAM-SHA-256")
                .endsWith("USER and PASS", "APOP command", "LOGIN command");
    }

    @Test
    void anAccessTokenHasItsOwnFieldAndMechanisms() {
        choose(Field.MECHANISM, List.of("PLAIN"));

        choose(Field.LOGIN, LoginKind.ACCESS_TOKEN);

        assertThat(labels(mechanism())).containsExactly("Automatic", "SASL XOAUTH2", "SASL OAUTHBEARER");
        assertThat(field(Field.PASSWORD).visibleProperty().get()).isFalse();
        assertThat(form.current().login()).isEqualTo(Login.accessToken("alice", Secret.of("")));
        SecretSetting token = (SecretSetting) field(Field.ACCESS_TOKEN);
        token.valueProperty().set(Secret.of("ya29"));
        assertThat(form.current().login()).isEqualTo(Login.accessToken("alice", Secret.of("ya29")));
        assertThat(token.unsavedProperty().get()).isFalse();
    }

    @Test
    void furtherMechanismsFollowTheChosenOne() {
        assertThat(field(Field.FURTHER_MECHANISMS).visibleProperty().get()).isFalse();

        choose(Field.MECHANISM, List.of("SCRAM-SHA-256"));
        type(Field.FURTHER_MECHANISMS, "cram-md5, PLAIN");
        type(Field.AUTHORIZATION_ID, "shared@example.org");

        SaslSettings sasl = ((Login.Password) form.current().login()).sasl();
        assertThat(sasl.mechanisms()).containsExactly("SCRAM-SHA-256", "CRAM-MD5", "PLAIN");
        assertThat(sasl.authorizationId()).contains("shared@example.org");
        choose(Field.MECHANISM, List.of());
        assertThat(((Login.Password) form.current().login()).sasl().mechanisms())
                .isEmpty();
    }

    @Test
    void offersOnlyTheProtocolsThatTheAccountDoesNotHaveYet() {
        SettingsViewModel second = new SettingsViewModel(SAVED, protocol -> protocol == Protocol.SMTP);

        assertThat(labels(choice(second, Field.PROTOCOL))).containsExactly("IMAP", "SMTP");
    }

    @Test
    void aFingerprintCanBeTypedAsProgramsShowIt() {
        String colons = "AB:".repeat(31) + "AB";

        type(Field.FINGERPRINTS, colons + ", " + "cd".repeat(32));

        assertThat(form.current().tls().trust().fingerprints())
                .containsExactlyInAnyOrder("ab".repeat(32), "cd".repeat(32));
        assertThat(problem(Field.FINGERPRINTS)).isEmpty();
    }

    private void type(Field field, String typed) {
        text(field).valueProperty().set(typed);
    }

    /** Picks a value as a person does, from what is offered. */
    private void choose(Field field, Object value) {
        pick(choice(form, field), value);
    }

    private static <T> void pick(ChoiceSetting<T> choice, Object value) {
        choice.valueProperty().set(offered(choice.options(), value));
    }

    private static <T> void leaveOut(SetSetting<T> set, Object member) {
        set.choose(offered(set.options(), member), false);
    }

    private static <T> T offered(List<Option<T>> options, Object value) {
        return options.stream()
                .map(Option::value)
                .filter(value::equals)
                .findFirst()
                .orElseThrow();
    }

    private TextSetting text(Field field) {
        return (TextSetting) field(field);
    }

    private static ChoiceSetting<?> choice(SettingsViewModel from, Field field) {
        return (ChoiceSetting<?>) from.field(field).orElseThrow();
    }

    private ChoiceSetting<?> mechanism() {
        return choice(form, Field.MECHANISM);
    }

    private SecretSetting secret() {
        return (SecretSetting) field(Field.PASSWORD);
    }

    private SettingField<?> field(Field field) {
        return form.field(field).orElseThrow();
    }

    private Optional<String> problem(Field field) {
        return field(field).problemProperty().get().map(Problem::sentence);
    }

    private boolean visible(Field field) {
        return field(field).visibleProperty().get();
    }

    private SettingSection section(String title) {
        return form.sections().stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<Field> shown(SettingsViewModel form) {
        return form.fields()
                .filter(field -> field.problemProperty().get().isPresent())
                .<Field>map(SettingField::field)
                .toList();
    }

    private static List<String> labels(ChoiceSetting<?> choice) {
        return choice.options().stream().map(Option::label).toList();
    }
}
