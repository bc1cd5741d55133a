package org.posthorn.transport.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.AsymmetricKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keys and signatures: what they are, and whether they are strong enough to be believed (RFC 9325 §4.5, §4.4). */
final class CertificateStrength {
    private static final int WEAKEST_RSA = 2048;
    private static final int WEAKEST_DSA = 2048;
    private static final int WEAKEST_EC = 224;

    private static final Map<String, String> CURVES = Map.of(
            "1.2.840.10045.3.1.7", "secp256r1",
            "1.3.132.0.34", "secp384r1",
            "1.3.132.0.35", "secp521r1");

    private CertificateStrength() {}

    /** Algorithm and size or curve, for example {@code RSA 2048}, {@code EC secp256r1}, {@code Ed25519}. */
    static String key(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case DSAPublicKey dsa
            when dsa.getParams() != null -> "DSA " + dsa.getParams().getP().bitLength();
            case ECPublicKey ec -> "EC " + curve(ec.getParams());
            case AsymmetricKey named when named.getParams() instanceof NamedParameterSpec spec -> spec.getName();
            default -> key.getAlgorithm();
        };
    }

    /** The signature algorithm, with its hash where the name alone hides it (RFC 4055 §3.1). */
    static String signature(X509Certificate certificate) {
        String name = certificate.getSigAlgName();
        return pssDigest(certificate).map(digest -> name + " with " + digest).orElse(name);
    }

    /** What is weak about its key; absent when nothing is. */
    static Optional<String> weakKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        boolean weak = switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() < WEAKEST_RSA;
            case DSAPublicKey dsa -> bits(dsa) < WEAKEST_DSA;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < WEAKEST_EC;
            default -> false;
        };
        return weak ? Optional.of("key " + key(key)) : Optional.empty();
    }

    /** What is weak about its signature; absent when nothing is. */
    static Optional<String> weakSignature(X509Certificate certificate) {
        String name = signature(certificate);
        String plain = name.toUpperCase(Locale.ROOT).replace("-", "");
        boolean weak =
                plain.contains("SHA1W") || plain.endsWith("SHA1") || plain.contains("MD5") || plain.contains("MD2");
        return weak ? Optional.of("signature " + name) : Optional.empty();
    }

    /** The prime's size; zero when the key leaves its parameters to its issuer's (RFC 3279 §2.3.2), as nobody does today. */
    private static int bits(DSAPublicKey key) {
        return key.getParams() == null ? 0 : key.getParams().getP().bitLength();
    }

    private static String curve(ECParameterSpec parameters) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(parameters);
            String oid = named.getParameterSpec(ECGenParameterSpec.class).getName();
            return CURVES.getOrDefault(oid, oid);
        } catch (GeneralSecurityException _) {
            return String.valueOf(parameters.getOrder().bitLength());
        }
    }

    private static Optional<String> pssDigest(X509Certificate certificate) {
        byte[] encoded = certificate.getSigAlgParams();
        if (encoded == null || !certificate.getSigAlgName().equals("RSASSA-PSS")) {
            return Optional.empty();
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            return Optional.of(
                    parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException _) {
            return Optional.empty();
        }
    }
}
