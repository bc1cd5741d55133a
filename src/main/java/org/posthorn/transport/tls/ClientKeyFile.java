package org.posthorn.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.ClientCertificate;
import org.posthorn.account.Field;
import org.posthorn.account.Problem;

/** The file of a client certificate: PKCS #12 (RFC 7292), or PEM blocks (RFC 7468) with a certificate and its key. */
final class ClientKeyFile {
    private static final int LARGEST = 1 << 20;

    private final ClientCertificate settings;

    private ClientKeyFile(ClientCertificate settings) {
        this.settings = settings;
    }

    /** What is wrong with the file or its passphrase. */
    static Optional<Problem> problem(ClientCertificate settings) {
        try {
            read(settings);
            return Optional.empty();
        } catch (UnusableKey e) {
            return Optional.of(e.problem());
        }
    }

    static ClientKey read(ClientCertificate settings) throws UnusableKey {
        return new ClientKeyFile(settings).read();
    }

    private ClientKey read() throws UnusableKey {
        byte[] content = content();
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN ") ? inPem(text) : inPkcs12(content);
    }

    private byte[] content() throws UnusableKey {
        try (InputStream in = Files.newInputStream(settings.file())) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw unusable("is larger than 1 MiB; choose a PKCS #12 or PEM file.");
            }
            return content;
        } catch (IOException _) {
            throw unusable("cannot be read; choose another, or leave the field empty.");
        }
    }

    private ClientKey inPkcs12(byte[] content) throws UnusableKey {
        char[] passphrase = settings.passphrase().reveal().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), passphrase);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, passphrase) instanceof PrivateKey key) {
                    return matching(key, certificates(store.getCertificateChain(alias)));
                }
            }
            throw unusable("holds no private key; export the certificate with its key.");
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? wrongPassphrase()
                    : unusable("is neither PKCS #12 nor PEM; choose another.");
        } catch (UnrecoverableKeyException _) {
            throw wrongPassphrase();
        } catch (GeneralSecurityException _) {
            throw unusable("cannot be used by this Java; export it again with a current algorithm.");
        }
    }

    private ClientKey inPem(String text) throws UnusableKey {
        PemKey pem = new PemKey(text);
        try {
            Optional<PrivateKey> key = pem.key(settings.passphrase());
            if (key.isEmpty()) {
                throw unusable("holds no private key; put the key's PEM block beside the certificate's.");
            }
            return matching(key.get(), certificates(text));
        } catch (CertificateException _) {
            throw unusable("holds a certificate that cannot be read; export it again.");
        } catch (GeneralSecurityException | IOException _) {
            throw pem.isEncrypted()
                    ? wrongPassphrase()
                    : unusable("holds a private key that cannot be read; export it again in PKCS #8.");
        }
    }

    private static List<X509Certificate> certificates(String text) throws CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] block : PemKey.blocks(text, "CERTIFICATE")) {
            found.add((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block)));
        }
        return found;
    }

    private static List<X509Certificate> certificates(Certificate[] chain) {
        List<X509Certificate> found = new ArrayList<>();
        for (Certificate each : chain) {
            if (each instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found;
    }

    private ClientKey matching(PrivateKey key, List<X509Certificate> certificates) throws UnusableKey {
        Optional<ClientKey> own = ClientKey.of(key, certificates);
        if (own.isEmpty()) {
            throw unusable(
                    certificates.isEmpty()
                            ? "holds no certificate; put it beside its key."
                            : "holds a key that belongs to none of its certificates; choose another.");
        }
        return own.get();
    }

    private UnusableKey wrongPassphrase() {
        return new UnusableKey(
                Field.KEY_PASSPHRASE,
                settings.passphrase().isEmpty()
                        ? "The key in “" + settings.file() + "” is encrypted; type its passphrase."
                        : "The passphrase does not open the key in “" + settings.file() + "”; type it again.");
    }

    private UnusableKey unusable(String complaint) {
        return new UnusableKey(
                Field.CLIENT_CERTIFICATE, "The file of the client certificate “" + settings.file() + "” " + complaint);
    }
}
