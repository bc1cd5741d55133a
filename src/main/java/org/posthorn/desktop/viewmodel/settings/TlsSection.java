package org.posthorn.desktop.viewmodel.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.TlsMode;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.desktop.viewmodel.settings.TextSetting.Width;

/** What TLS offers and whom it believes. */
final class TlsSection {
    private TlsSection() {}

    static SettingSection of() {
        return new SettingSection("TLS", "", List.of(versions(), obsolete(), authorities(), fingerprints()));
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

    private static SettingField<String> authorities() {
        TextFormat<Optional<Path>> format = new TextFormat<>(
                file -> file.map(Path::toString).orElse(""),
                TlsSection::parsePath,
                "This cannot be the name of a file.");
        return new TextSetting(
                        Field.TRUST,
                        Width.LONG,
                        format,
                        new Lens<>(
                                endpoint -> endpoint.tls().trust().authorities(),
                                (endpoint, file) -> withTrust(
                                        endpoint,
                                        new Trust(file, endpoint.tls().trust().fingerprints()))))
                .prompt("a PEM file, beside the built-in authorities")
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

    private static Optional<Optional<Path>> parsePath(String text) {
        try {
            return Optional.of(text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip())));
        } catch (java.nio.file.InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Set<String> parseFingerprints(String text) {
        return Arrays.stream(text.split("[\\s,;]+"))
                .filter(print -> !print.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Endpoint withTrust(Endpoint endpoint, Trust trust) {
        return endpoint.withTls(endpoint.tls().withTrust(trust));
    }

    private static boolean usesTls(Endpoint endpoint) {
        return endpoint.security() != TlsMode.NONE;
    }
}
