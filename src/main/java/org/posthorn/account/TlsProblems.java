package org.posthorn.account;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong with TLS settings before anything is sent, as far as no file needs to be read for it. */
final class TlsProblems {
    private final TlsSettings tls;
    private final List<Problem> found = new ArrayList<>();

    private TlsProblems(TlsSettings tls) {
        this.tls = tls;
    }

    static List<Problem> of(TlsSettings tls) {
        TlsProblems problems = new TlsProblems(tls);
        problems.checkVersions();
        problems.checkClientCertificate();
        return problems.found;
    }

    private void checkVersions() {
        if (tls.versions().isEmpty()) {
            error(Field.TLS_VERSIONS, "Choose at least one TLS version.");
            return;
        }
        Set<TlsVersion> left = leftOut();
        if (!left.isEmpty()) {
            error(
                    Field.OBSOLETE_TLS,
                    "TLS " + numbers(left) + " lies between the chosen versions and cannot be left out,"
                            + " since a client names only the highest it knows; choose it too, or fewer.");
        } else if (!tls.obsoleteVersions().isEmpty()) {
            warning(
                    Field.OBSOLETE_TLS,
                    "TLS " + numbers(tls.obsoleteVersions())
                            + " can be broken (RFC 8996). Use it to test an old server, not to read mail.");
        }
    }

    /** The second TLS stack, which speaks the obsolete versions, shows none. */
    private void checkClientCertificate() {
        if (tls.clientCertificate().isPresent() && !tls.obsoleteVersions().isEmpty()) {
            error(
                    Field.CLIENT_CERTIFICATE,
                    "A client certificate goes with TLS 1.2 and 1.3 only; switch off the obsolete versions, or leave it"
                            + " out.");
        }
    }

    /** A hello before TLS 1.3 carries one version, and means every one below it as well (RFC 5246 appendix E.1). */
    private Set<TlsVersion> leftOut() {
        Set<TlsVersion> chosen = EnumSet.copyOf(tls.versions());
        TlsVersion lowest = chosen.stream().findFirst().orElseThrow();
        TlsVersion highest = chosen.stream().reduce((_, higher) -> higher).orElseThrow();
        Set<TlsVersion> left = EnumSet.range(lowest, highest);
        left.removeAll(chosen);
        return left;
    }

    private static String numbers(Set<TlsVersion> versions) {
        return versions.stream().sorted().map(TlsVersion::number).collect(Collectors.joining(" and "));
    }

    private void error(Field field, String sentence) {
        found.add(Problem.error(field, sentence));
    }

    private void warning(Field field, String sentence) {
        found.add(Problem.warning(field, sentence));
    }
}
