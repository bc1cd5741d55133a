package org.posthorn.oauth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** A short-lived JWT, signed by the client's key, by which the client proves who it is (RFC 7523 §3, private_key_jwt). */
final class ClientAssertion {
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int IDENTIFIER_BYTES = 16;
    private static final int P256_BITS = 256;

    private final Path file;
    private final Acquisition acquisition;

    ClientAssertion(Path file, Acquisition acquisition) {
        this.file = file;
        this.acquisition = acquisition;
    }

    /** The assertion for a client and the endpoint it is sent to. */
    String signed(String client, URI audience) throws FailureException {
        try {
            Certificate certificate = certificate(pem("CERTIFICATE"));
            boolean elliptic = certificate.getPublicKey() instanceof ECPublicKey;
            if (elliptic && bits(certificate) != P256_BITS) {
                throw unusable("its elliptic curve is not P-256; use RSA or P-256");
            }
            PrivateKey key = KeyFactory.getInstance(elliptic ? "EC" : "RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(pem("PRIVATE KEY")));
            String content = base64(header(certificate, elliptic)) + "." + base64(claims(client, audience));
            Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (IOException e) {
            throw unusable("it cannot be read");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable("it holds no usable certificate with its key");
        }
    }

    private static int bits(Certificate certificate) {
        return ((ECPublicKey) certificate.getPublicKey())
                .getParams()
                .getCurve()
                .getField()
                .getFieldSize();
    }

    private byte[] pem(String label) throws IOException, FailureException {
        Matcher blocks = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (blocks.find()) {
            if (blocks.group(1).equals(label)) {
                return Base64.getMimeDecoder().decode(blocks.group(2));
            }
        }
        throw unusable("it holds no “" + label
                + "”; it needs a certificate and its key without a passphrase (PKCS #8), in PEM");
    }

    private static Certificate certificate(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** The certificate's SHA-256 and SHA-1: some servers find it by the one, some by the other (RFC 7515 §4.1.7). */
    private static byte[] header(Certificate certificate, boolean elliptic) throws GeneralSecurityException {
        byte[] der = certificate.getEncoded();
        return json(
                "alg",
                elliptic ? "ES256" : "RS256",
                "typ",
                "JWT",
                "x5t",
                base64(MessageDigest.getInstance("SHA-1").digest(der)),
                "x5t#S256",
                base64(MessageDigest.getInstance("SHA-256").digest(der)));
    }

    private byte[] claims(String client, URI audience) {
        Instant now = acquisition.clock().instant();
        String identifier = Pkce.random(acquisition.machine().random(), IDENTIFIER_BYTES);
        byte[] texts = json("iss", client, "sub", client, "aud", audience.toString(), "jti", identifier);
        String open = new String(texts, StandardCharsets.UTF_8).replaceFirst("}$", "");
        String whole = open + ",\"iat\":" + now.getEpochSecond() + ",\"nbf\":" + now.getEpochSecond() + ",\"exp\":"
                + now.plus(LIFETIME).getEpochSecond() + "}";
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(String... namesAndValues) {
        return Json.write(namesAndValues).getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private FailureException unusable(String why) {
        return new FailureException(
                new Failure.TokenSettingsUnusable("The file “" + file + "” cannot sign assertions: " + why + "."));
    }
}
