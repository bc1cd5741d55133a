package org.posthorn.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.account.Problem;

/**
 * A file of certificates: PEM blocks with anything between them (RFC 7468 §2 allows text around them), or DER, one
 * certificate or a PKCS #7 bundle each.
 */
public final class AuthorityFile {
    /** Far above the largest bundle of public authorities, far below what hurts. */
    private static final int LARGEST = 16 << 20;

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?<label>(?:X509 )?CERTIFICATE|PKCS7)-----(?<body>[^-]*)-----END \\k<label>-----");

    private final Path file;

    private AuthorityFile(Path file) {
        this.file = file;
    }

    /** What is wrong with the file, so that it can be told before anything is sent. */
    public static Optional<Problem> problem(Path file) {
        try {
            read(file);
            return Optional.empty();
        } catch (UnusableAuthorities e) {
            return Optional.of(e.problem());
        }
    }

    static List<X509Certificate> read(Path file) throws UnusableAuthorities {
        return new AuthorityFile(file).certificates();
    }

    private List<X509Certificate> certificates() throws UnusableAuthorities {
        byte[] content = content();
        List<byte[]> blocks = blocks(new String(content, StandardCharsets.ISO_8859_1));
        if (blocks.isEmpty()) {
            return certificates(content, "holds no certificate; choose a PEM or DER file with one or more.");
        }
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] block : blocks) {
            found.addAll(certificates(
                    block,
                    "holds a certificate that cannot be read, number " + (found.size() + 1)
                            + "; export it again or remove it."));
        }
        return found;
    }

    private byte[] content() throws UnusableAuthorities {
        if (Files.isDirectory(file)) {
            throw unusable("is a folder; choose a PEM or DER file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw unusable("is larger than 16 MiB; choose a PEM or DER file of certificates.");
            }
            return content;
        } catch (NoSuchFileException _) {
            throw unusable("does not exist; choose another, or leave the field empty.");
        } catch (AccessDeniedException _) {
            throw unusable("may not be read by you; change its permissions or choose another.");
        } catch (IOException e) {
            throw unusable("cannot be read; choose another.", e);
        }
    }

    private static List<byte[]> blocks(String text) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(decoded(matcher.group("body")));
        }
        return blocks;
    }

    /** A body that is no base64 stays as a block of nothing, so that the complaint counts it. */
    private static byte[] decoded(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private List<X509Certificate> certificates(byte[] der, String complaint) throws UnusableAuthorities {
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw unusable(complaint);
            }
            return certificates;
        } catch (CertificateException e) {
            throw unusable(complaint, e);
        }
    }

    private UnusableAuthorities unusable(String complaint) {
        return new UnusableAuthorities(sentence(complaint));
    }

    private UnusableAuthorities unusable(String complaint, Exception cause) {
        return new UnusableAuthorities(sentence(complaint), cause);
    }

    private String sentence(String complaint) {
        return "The file of authorities “" + file + "” " + complaint;
    }
}
