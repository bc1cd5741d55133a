package org.posthorn.desktop.viewmodel.connection;

import java.time.ZoneOffset;
import java.util.List;
import org.posthorn.timeline.CertificateProblem;

/** Why a chain is not trusted, in a sentence each. */
final class CertificateSentences {
    private CertificateSentences() {}

    static String of(CertificateProblem problem) {
        return switch (problem) {
            case CertificateProblem.Expired(int _, String subject, var notAfter) ->
                "The certificate of " + name(subject) + " expired on "
                        + notAfter.atOffset(ZoneOffset.UTC).toLocalDate() + ".";
            case CertificateProblem.NotYetValid(int _, String subject, var notBefore) ->
                "The certificate of " + name(subject) + " is valid only from "
                        + notBefore.atOffset(ZoneOffset.UTC).toLocalDate() + ".";
            case CertificateProblem.NameMismatch(String wanted, List<String> names, String commonName) ->
                mismatch(wanted, names, commonName);
            case CertificateProblem.SelfSigned _ -> "The certificate is signed by itself, not by an authority.";
            case CertificateProblem.UnknownIssuer(String issuer) ->
                "The issuer " + name(issuer) + " is not among the trusted authorities.";
            case CertificateProblem.MissingIntermediate(String issuer) ->
                "The server did not send the certificate of its issuer " + name(issuer) + ".";
            case CertificateProblem.WrongUsage(int _, String subject, String detail) ->
                "The certificate of " + name(subject) + " is not meant for this use: " + detail + ".";
            case CertificateProblem.TooWeak(int _, String subject, String detail) ->
                "The certificate of " + name(subject) + " is too weak: " + detail + ".";
            case CertificateProblem.Revoked(int _, String subject, String detail) ->
                "The certificate of " + name(subject) + " was revoked by its issuer (" + detail + ").";
            case CertificateProblem.RevocationUnknown(int _, String subject, String detail) ->
                "Nobody could tell whether the certificate of " + name(subject) + " was revoked: " + detail + ".";
            case CertificateProblem.InvalidPath(String detail) -> "The chain is not valid: " + detail + ".";
        };
    }

    private static String mismatch(String wanted, List<String> names, String commonName) {
        return names.isEmpty()
                ? "The certificate carries no name in subjectAltName, only the common name " + commonName
                        + ", which does not count."
                : "The certificate is for " + String.join(", ", names) + ", not for " + wanted + ".";
    }

    private static String name(String distinguishedName) {
        return CertificateRows.commonName(distinguishedName);
    }
}
