package org.posthorn.transport.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;
import org.posthorn.account.TlsSettings;
import org.posthorn.account.TlsVersion;

/** What of TLS settings cannot be carried out on this machine, found out before anything is sent. */
public final class TlsPreparation {
    private TlsPreparation() {}

    /** All that is wrong, with what lies in files. */
    public static List<Problem> problems(TlsSettings settings) {
        List<Problem> found = new ArrayList<>(problemsOfOffer(settings));
        settings.trust().authorities().flatMap(AuthorityFile::problem).ifPresent(found::add);
        settings.clientCertificate().flatMap(ClientKeyFile::problem).ifPresent(found::add);
        return found;
    }

    /** What cannot be offered; reads no file. */
    public static List<Problem> problemsOfOffer(TlsSettings settings) {
        List<Problem> found = new ArrayList<>(versions(settings).stream().toList());
        if (found.isEmpty()) {
            found.addAll(NarrowedOffer.problems(settings, possible(settings)));
        }
        return found;
    }

    private static TlsStack.Offer possible(TlsSettings settings) {
        try {
            return settings.obsoleteVersions().isEmpty() ? JavaTls.offer() : ObsoleteTlsClient.offer();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS could be set up a moment ago", e);
        }
    }

    /** The second stack has no switch by which a version could be off. */
    private static Optional<Problem> versions(TlsSettings settings) {
        if (!settings.obsoleteVersions().isEmpty()) {
            return Optional.empty();
        }
        try {
            return switchedOff(settings.versions(), JavaTls.usable());
        } catch (GeneralSecurityException e) {
            return Optional.of(error("This Java cannot set up TLS: " + e.getMessage() + "."));
        }
    }

    /** Those of the versions that a Java cannot offer, if there are any. */
    static Optional<Problem> switchedOff(Set<TlsVersion> versions, List<String> usable) {
        String numbers = versions.stream()
                .filter(version -> !usable.contains(version.standardName()))
                .sorted()
                .map(TlsVersion::number)
                .collect(Collectors.joining(" and "));
        return numbers.isEmpty() ? Optional.empty() : Optional.of(switchedOff(numbers));
    }

    private static Problem switchedOff(String numbers) {
        return error("TLS " + numbers
                + " is switched off in this Java (jdk.tls.disabledAlgorithms) and cannot be offered; choose another"
                + " version.");
    }

    private static Problem error(String sentence) {
        return new Problem(Field.TLS_VERSIONS, Problem.Severity.ERROR, sentence);
    }
}
