package org.posthorn.desktop.viewmodel.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.account.TrustStore;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** What TLS offers and whom it believes. */
final class TlsSection {
    private TlsSection() {}

    static SettingSection of() {
        return new SettingSection(
                "TLS",
                "",
                List.of(
                        versions(),
                        obsolete(),
                        names(
                                Field.CIPHER_SUITES,
                                "all that Java offers; else registered names, the preferred one first",
                                TlsSettings::cipherSuites,
                                TlsSettings::withCipherSuites),
                        names(
                                Field.GROUPS,
                                "all that Java offers; else for example x25519 secp256r1",
                                TlsSettings::groups,
                                TlsSettings::withGroups),
                        store(),
                        authorities(),
                        fingerprints(),
                        revocation(),
                        clientCertificate(),
                        passphrase()));
    }

    private static SettingField<Set<TlsVersion>> versions() {
        return new SetSetting<>(
                        Field.TLS_VERSIONS,
                        new Lens<>(
                                endpoint -> endpoint.tls().currentVersions(),
                                (endpoint, versions) ->
                                        endpoint.withTls(endpoint.tls().current(versions))),
                        options(version -> !version.isObsolete()))
                .when(TlsSection::usesTls);
    }

    private static SettingField<Set<TlsVersion>> obsolete() {
        return new SetSetting<>(
                        Field.OBSOLETE_TLS,
                        new Lens<>(
                                endpoint -> endpoint.tls().obsoleteVersions(),
                                (endpoint, versions) ->
                                        endpoint.withTls(endpoint.tls().obsolete(versions))),
                        options(TlsVersion::isObsolete))
                .when(TlsSection::usesTls);
    }

    private static List<Option<TlsVersion>> options(Predicate<TlsVersion> kind) {
        return Arrays.stream(TlsVersion.values())
                .filter(kind)
                .sorted(Comparator.reverseOrder())
                .map(version -> new Option<>(version, version.number()))
                .toList();
    }

    private static SettingField<String> names(
            Field field,
            String prompt,
            Function<TlsSettings, List<String>> get,
            BiFunction<TlsSettings, List<String>, TlsSettings> put) {
        TextFormat<List<String>> format = new TextFormat<>(
                names -> String.join(" ", names),
                text -> Optional.of(words(text.replace(':', ' ')).toList()),
                "");
        return new TextSetting(
                        field,
                        Width.LONG,
                        format,
                        new Lens<>(
                                endpoint -> get.apply(endpoint.tls()),
                                (endpoint, names) -> endpoint.withTls(put.apply(endpoint.tls(), names))))
                .prompt(prompt)
                .when(TlsSection::usesTls);
    }

    private static SettingField<TrustStore> store() {
        return ChoiceSetting.fixed(
                        Field.TRUST_STORE,
                        new Lens<>(
                                endpoint -> endpoint.tls().trust().store(),
                                (endpoint, store) -> withTrust(
                                        endpoint, endpoint.tls().trust().withStore(store))),
                        Arrays.stream(TrustStore.values())
                                .map(store -> new Option<>(store, store.label()))
                                .toList())
                .when(TlsSection::usesTls);
    }

    private static SettingField<String> authorities() {
        TextFormat<Optional<Path>> format = TextFormat.file();
        return new TextSetting(
                        Field.TRUST,
                        Width.LONG,
                        format,
                        new Lens<>(
                                endpoint -> endpoint.tls().trust().authorities(),
                                (endpoint, file) -> withTrust(
                                        endpoint, endpoint.tls().trust().withAuthorities(file))))
                .prompt("a PEM file, beside those")
                .when(TlsSection::usesTls);
    }

    private static SettingField<String> fingerprints() {
        TextFormat<Set<String>> format = new TextFormat<>(
                prints -> String.join(" ", new TreeSet<>(prints)), text -> Optional.of(parseFingerprints(text)), "");
        return new TextSetting(
                        Field.FINGERPRINTS,
                        Width.LONG,
                        format,
                        new Lens<>(
                                endpoint -> endpoint.tls().trust().fingerprints(),
                                (endpoint, prints) -> withTrust(
                                        endpoint, endpoint.tls().trust().withFingerprints(prints))))
                .prompt("SHA-256 of a server certificate to believe in any case")
                .when(TlsSection::usesTls);
    }

    private static SettingField<RevocationPolicy> revocation() {
        return ChoiceSetting.fixed(
                        Field.REVOCATION,
                        new Lens<>(
                                endpoint -> endpoint.tls().revocation(),
                                (endpoint, policy) ->
                                        endpoint.withTls(endpoint.tls().withRevocation(policy))),
                        Arrays.stream(RevocationPolicy.values())
                                .map(policy -> new Option<>(policy, policy.label()))
                                .toList())
                .when(TlsSection::usesTls);
    }

    private static SettingField<String> clientCertificate() {
        return new TextSetting(
                        Field.CLIENT_CERTIFICATE,
                        Width.LONG,
                        TextFormat.file(),
                        new Lens<>(
                                endpoint -> shown(endpoint).map(ClientCertificate::file),
                                (endpoint, file) -> showing(
                                        endpoint, file.map(path -> new ClientCertificate(path, passphrase(endpoint))))))
                .prompt("a PKCS #12 file, or PEM with certificate and key")
                .when(TlsSection::usesTls);
    }

    private static SettingField<Secret> passphrase() {
        return new SecretSetting(
                        Field.KEY_PASSPHRASE,
                        new Lens<>(
                                TlsSection::passphrase,
                                (endpoint, secret) -> showing(
                                        endpoint, shown(endpoint).map(c -> new ClientCertificate(c.file(), secret)))))
                .withoutDefault()
                .when(endpoint -> usesTls(endpoint) && shown(endpoint).isPresent());
    }

    private static Optional<ClientCertificate> shown(Endpoint endpoint) {
        return endpoint.tls().clientCertificate();
    }

    private static Secret passphrase(Endpoint endpoint) {
        return shown(endpoint).map(ClientCertificate::passphrase).orElse(Secret.of(""));
    }

    private static Endpoint showing(Endpoint endpoint, Optional<ClientCertificate> certificate) {
        return endpoint.withTls(endpoint.tls().withClientCertificate(certificate));
    }

    private static Set<String> parseFingerprints(String text) {
        return words(text).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split("[\\s,;]+")).filter(word -> !word.isEmpty());
    }

    private static Endpoint withTrust(Endpoint endpoint, Trust trust) {
        return endpoint.withTls(endpoint.tls().withTrust(trust));
    }

    private static boolean usesTls(Endpoint endpoint) {
        return endpoint.security() != TlsMode.NONE;
    }
}
