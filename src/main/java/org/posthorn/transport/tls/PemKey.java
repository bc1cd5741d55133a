package org.posthorn.transport.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.posthorn.account.Secret;

/** A private key in PEM: PKCS #8 in the clear or encrypted (RFC 7468 §10, §11), or the older forms in the clear. */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<body>[^-]*)-----END \\k<label>-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519", "Ed448");

    private final String text;

    PemKey(String text) {
        this.text = text;
    }

    static List<byte[]> blocks(String text, String label) {
        List<byte[]> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group("label").equals(label)) {
                found.add(decoded(block.group("body")));
            }
        }
        return found;
    }

    boolean isEncrypted() {
        return text.contains("ENCRYPTED");
    }

    /** The first key; absent where there is none. */
    Optional<PrivateKey> key(Secret passphrase) throws GeneralSecurityException, IOException {
        for (byte[] block : blocks(text, "PRIVATE KEY")) {
            return Optional.of(key(new PKCS8EncodedKeySpec(block)));
        }
        for (byte[] block : blocks(text, "ENCRYPTED PRIVATE KEY")) {
            return Optional.of(key(decrypted(block, passphrase)));
        }
        for (byte[] block : blocks(text, "RSA PRIVATE KEY")) {
            var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return Optional.of(key(wrapped(rsa, org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(block))));
        }
        for (byte[] block : blocks(text, "EC PRIVATE KEY")) {
            ECPrivateKey ec = ECPrivateKey.getInstance(block);
            var curve = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, ec.getParametersObject());
            return Optional.of(key(wrapped(curve, ec)));
        }
        return Optional.empty();
    }

    private static PKCS8EncodedKeySpec wrapped(AlgorithmIdentifier algorithm, org.bouncycastle.asn1.ASN1Object key)
            throws IOException {
        return new PKCS8EncodedKeySpec(new PrivateKeyInfo(algorithm, key).getEncoded());
    }

    /** The name of the scheme stands in its parameters (RFC 8018 §6.2); the older schemes are named by themselves. */
    private static PKCS8EncodedKeySpec decrypted(byte[] block, Secret passphrase)
            throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(block);
        AlgorithmParameters parameters = info.getAlgParameters();
        String scheme = info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.")
                ? parameters.toString()
                : info.getAlgName();
        PBEKeySpec typed = new PBEKeySpec(passphrase.reveal().toCharArray());
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(scheme).generateSecret(typed), parameters);
        return info.getKeySpec(cipher);
    }

    private static PrivateKey key(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no such key");
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] decoded(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }
}
