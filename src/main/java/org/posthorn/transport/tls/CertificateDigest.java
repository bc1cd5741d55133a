package org.posthorn.transport.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The digest of a certificate for tls-server-end-point (RFC 5929 §4.1): by the algorithm of its signature. */
final class CertificateDigest {
    private static final Pattern DIGEST = Pattern.compile("(MD5|SHA-?1|SHA-?224|SHA-?256|SHA-?384|SHA-?512)WITH.*");

    private CertificateDigest() {}

    /** Absent where the signature names no digest, as that of Ed25519. */
    static Optional<byte[]> of(X509Certificate certificate) {
        try {
            Optional<String> algorithm = algorithm(certificate);
            return algorithm.isPresent()
                    ? Optional.of(MessageDigest.getInstance(algorithm.get()).digest(certificate.getEncoded()))
                    : Optional.empty();
        } catch (GeneralSecurityException | IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> algorithm(X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.equals("RSASSA-PSS")) {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return Optional.of(
                    strong(parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm()));
        }
        Matcher digest = DIGEST.matcher(signature);
        return digest.matches() ? Optional.of(strong(digest.group(1))) : Optional.empty();
    }

    /** MD5 and SHA-1 are replaced by SHA-256. */
    private static String strong(String digest) {
        String name = digest.replace("-", "");
        return name.equals("MD5") || name.equals("SHA1") ? "SHA-256" : "SHA-" + name.substring("SHA".length());
    }
}
