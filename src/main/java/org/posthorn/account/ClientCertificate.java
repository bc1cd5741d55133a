package org.posthorn.account;

import java.nio.file.Path;

/**
 * The certificate by which this client shows who it is.
 *
 * @param file a PKCS #12 file, or PEM with the certificate and its private key
 * @param passphrase what the key is encrypted with; empty where it is not
 */
public record ClientCertificate(Path file, Secret passphrase) {}
