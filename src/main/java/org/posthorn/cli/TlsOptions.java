package org.posthorn.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;
import org.posthorn.account.Trust;
import org.posthorn.account.TrustStore;
import picocli.CommandLine.Option;

/** What TLS offers and whom it believes. */
final class TlsOptions {
    @Option(names = "--tls", paramLabel = "VERSIONS", split = ",", description = "The versions to offer: 1.2,1.3.")
    private List<String> versions = List.of();

    @Option(
            names = "--obsolete-tls",
            paramLabel = "VERSIONS",
            split = ",",
            description = "Obsolete versions to offer, alone or beside those of --tls: 1.0,1.1.")
    private List<String> obsolete = List.of();

    @Option(
            names = "--ciphers",
            paramLabel = "SUITES",
            split = ",",
            description = "The cipher suites to offer and no others, by their registered names, in this order.")
    private List<String> cipherSuites = List.of();

    @Option(
            names = "--groups",
            paramLabel = "GROUPS",
            split = ",",
            description = "The groups for key exchange to offer and no others: x25519,secp256r1.")
    private List<String> groups = List.of();

    @Option(
            names = "--trust",
            paramLabel = "builtin|system",
            description =
                    "Whose certificate authorities are believed: the built-in ones (the default) or the system's.")
    private @Nullable String store;

    @Option(
            names = "--trust-ca",
            paramLabel = "FILE",
            description = "A PEM file of certificate authorities to trust beside those.")
    private @Nullable Path authorities;

    @Option(
            names = "--trust-fingerprint",
            paramLabel = "SHA256",
            split = ",",
            description = "The fingerprint of a server certificate to believe whatever else is wrong with it.")
    private List<String> fingerprints = List.of();

    @Option(
            names = "--revocation",
            paramLabel = "stapled|check|require",
            description =
                    "Whether certificates were revoked: judged by stapled answers alone (the default), asked of the"
                            + " issuers, or asked and refused when nobody can tell.")
    private @Nullable String revocation;

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            description = "A PKCS #12 file, or PEM with certificate and key, to show where the server asks for one.")
    private @Nullable Path clientCertificate;

    @Option(
            names = "--key-passphrase-env",
            paramLabel = "VARIABLE",
            description = "The passphrase of the client certificate's key is in this variable.")
    private @Nullable String passphraseVariable;

    TlsSettings apply(TlsSettings base, Map<String, String> environment) {
        TlsSettings current = versions.isEmpty() ? base : base.current(chosen("--tls", versions, false));
        TlsSettings offering =
                obsolete.isEmpty() ? current : alone(current).obsolete(chosen("--obsolete-tls", obsolete, true));
        TlsSettings narrowed = cipherSuites.isEmpty() ? offering : offering.withCipherSuites(stripped(cipherSuites));
        TlsSettings grouped = groups.isEmpty() ? narrowed : narrowed.withGroups(stripped(groups));
        return grouped.withRevocation(revocation(base.revocation()))
                .withTrust(trust(base.trust()))
                .withClientCertificate(passphrase(named(base.clientCertificate()), environment));
    }

    private RevocationPolicy revocation(RevocationPolicy base) {
        return revocation == null
                ? base
                : ServerOptions.choice(
                        "--revocation", revocation, List.of(RevocationPolicy.values()), RevocationPolicy::word);
    }

    private static List<String> stripped(List<String> names) {
        return names.stream().map(String::strip).toList();
    }

    private Optional<ClientCertificate> named(Optional<ClientCertificate> saved) {
        return clientCertificate == null ? saved : Optional.of(new ClientCertificate(clientCertificate, Secret.of("")));
    }

    private Optional<ClientCertificate> passphrase(
            Optional<ClientCertificate> certificate, Map<String, String> environment) {
        if (passphraseVariable == null) {
            return certificate;
        }
        Path file = certificate
                .map(ClientCertificate::file)
                .orElseThrow(() -> new UsageMistake("--key-passphrase-env goes with --client-certificate."));
        return Optional.ofNullable(environment.get(passphraseVariable))
                .map(passphrase -> Optional.of(new ClientCertificate(file, Secret.of(passphrase))))
                .orElseThrow(() -> new UsageMistake("--key-passphrase-env names a variable that is not set."));
    }

    /** Beside 1.3 a server would not choose them: to find out whether it knows them, they are offered alone. */
    private TlsSettings alone(TlsSettings current) {
        return versions.isEmpty() ? current.current(Set.of()) : current;
    }

    private static Set<TlsVersion> chosen(String option, List<String> numbers, boolean obsolete) {
        List<TlsVersion> known = Arrays.stream(TlsVersion.values())
                .filter(version -> version.isObsolete() == obsolete)
                .toList();
        return numbers.stream()
                .map(number -> ServerOptions.choice(option, number.strip(), known, TlsVersion::number))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Trust trust(Trust base) {
        Trust chosen = store == null
                ? base
                : base.withStore(
                        ServerOptions.choice("--trust", store, List.of(TrustStore.values()), TrustStore::word));
        Trust trust = authorities == null ? chosen : chosen.withAuthorities(authorities);
        return fingerprints.isEmpty() ? trust : trust.withFingerprints(Set.copyOf(fingerprints));
    }
}
