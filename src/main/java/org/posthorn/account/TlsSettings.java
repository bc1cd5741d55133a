package org.posthorn.account;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What TLS offers and whom it believes.
 *
 * @param versions offered versions; default 1.2 and 1.3
 * @param trust who vouches for the server's certificate; default the built-in certificate authorities
 * @param clientCertificate shown where the server asks for one; none by default
 * @param cipherSuites those to offer, by their registered names and in this order; empty means all that the TLS stack has
 * @param groups the groups for key exchange to offer, likewise
 * @param revocation how it is found out whether a certificate was taken back; default by stapled answers alone
 */
public record TlsSettings(
        Set<TlsVersion> versions,
        Trust trust,
        Optional<ClientCertificate> clientCertificate,
        List<String> cipherSuites,
        List<String> groups,
        RevocationPolicy revocation) {
    public TlsSettings {
        versions = Set.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
    }

    public static TlsSettings defaults() {
        return new TlsSettings(
                EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                Trust.builtIn(),
                Optional.empty(),
                List.of(),
                List.of(),
                RevocationPolicy.STAPLED);
    }

    /**
     * For a proxy or an HTTP server on the way: what is asked of the mail server is not asked of them, only the trust is. Their
     * issuers are not asked either, since that would take further servers on the way.
     */
    public TlsSettings forOthers() {
        return defaults().withTrust(trust);
    }

    /** The same with these versions and no others. */
    public TlsSettings withVersions(Set<TlsVersion> offered) {
        return new TlsSettings(offered, trust, clientCertificate, cipherSuites, groups, revocation);
    }

    /** The same with these current versions; the obsolete ones stay as they are. */
    public TlsSettings current(Set<TlsVersion> offered) {
        return withVersions(union(offered, obsoleteVersions()));
    }

    /** The same with these obsolete versions, none of them by default; the current ones stay as they are. */
    public TlsSettings obsolete(Set<TlsVersion> offered) {
        return withVersions(union(currentVersions(), offered));
    }

    public TlsSettings withTrust(Trust trusted) {
        return new TlsSettings(versions, trusted, clientCertificate, cipherSuites, groups, revocation);
    }

    public TlsSettings withClientCertificate(Optional<ClientCertificate> shown) {
        return new TlsSettings(versions, trust, shown, cipherSuites, groups, revocation);
    }

    public TlsSettings withCipherSuites(List<String> offered) {
        return new TlsSettings(versions, trust, clientCertificate, offered, groups, revocation);
    }

    public TlsSettings withGroups(List<String> offered) {
        return new TlsSettings(versions, trust, clientCertificate, cipherSuites, offered, revocation);
    }

    public TlsSettings withRevocation(RevocationPolicy policy) {
        return new TlsSettings(versions, trust, clientCertificate, cipherSuites, groups, policy);
    }

    /** What must never be shown. */
    public List<Secret> secrets() {
        return clientCertificate.map(ClientCertificate::passphrase).stream().toList();
    }

    /** The same without anything secret, as a file may hold it. */
    public TlsSettings withoutSecrets() {
        return withClientCertificate(
                clientCertificate.map(shown -> new ClientCertificate(shown.file(), Secret.of(""))));
    }

    /** The offered versions that may be used today. */
    public Set<TlsVersion> currentVersions() {
        return only(version -> !version.isObsolete());
    }

    /** The offered versions that may not (RFC 8996). */
    public Set<TlsVersion> obsoleteVersions() {
        return only(TlsVersion::isObsolete);
    }

    private Set<TlsVersion> only(Predicate<TlsVersion> kind) {
        return versions.stream().filter(kind).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<TlsVersion> union(Set<TlsVersion> some, Set<TlsVersion> others) {
        Set<TlsVersion> both = EnumSet.noneOf(TlsVersion.class);
        both.addAll(some);
        both.addAll(others);
        return both;
    }
}
