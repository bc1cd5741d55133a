package org.posthorn.transport.revocation;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The question to an OCSP responder about one certificate. In the profile that all responders know (RFC 5019 §2.1): SHA-1
 * names the issuer, which no security rests on, and there is no nonce.
 */
public final class OcspQuestion {
    private static final ASN1ObjectIdentifier SHA_1 = new ASN1ObjectIdentifier("1.3.14.3.2.26");

    private OcspQuestion() {}

    /** In DER. */
    public static byte[] about(Issued issued) {
        try {
            Request request = new Request(id(issued), null);
            return new OCSPRequest(new TBSRequest(null, new DERSequence(request), (Extensions) null), null)
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("what was built here can be written", e);
        }
    }

    private static CertID id(Issued issued) {
        byte[] key = SubjectPublicKeyInfo.getInstance(
                        issued.issuer().getPublicKey().getEncoded())
                .getPublicKeyData()
                .getBytes();
        byte[] name = issued.certificate().getIssuerX500Principal().getEncoded();
        return new CertID(
                new AlgorithmIdentifier(SHA_1, DERNull.INSTANCE),
                new DEROctetString(sha1(name)),
                new DEROctetString(sha1(key)),
                new ASN1Integer(issued.certificate().getSerialNumber()));
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
