package org.posthorn.transport.revocation;

import java.security.cert.PKIXRevocationChecker;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.jspecify.annotations.Nullable;
import org.posthorn.timeline.Revocation;

/** An answer of an OCSP responder (RFC 6960), be it stapled or asked for. */
public final class OcspAnswer {
    private OcspAnswer() {}

    /**
     * What it says of a certificate; unknown where it says nothing that can be believed.
     *
     * @param from the address that was asked; empty for a stapled answer
     */
    public static Revocation judge(Issued issued, byte[] der, Revocation.Source source, String from, Instant now) {
        if (der.length == 0) {
            return issued.unknown(source, from, StatusValidation.EMPTY);
        }
        try {
            return read(issued, der, source, from, now);
        } catch (RuntimeException _) {
            // What malformed DER makes the two readers throw is documented by neither.
            return issued.unknown(source, from, StatusValidation.UNREADABLE);
        }
    }

    private static Revocation read(Issued issued, byte[] der, Revocation.Source source, String from, Instant now) {
        StatusValidation.Result result = StatusValidation.of(issued, now, (parameters, validator) -> {
            var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
            checker.setOcspResponses(Map.of(issued.certificate(), der));
            parameters.addCertPathChecker(checker);
        });
        if (result.status() == Revocation.Status.UNKNOWN) {
            return issued.unknown(source, from, result.detail());
        }
        Optional<SingleResponse> answer = answer(issued, der);
        return issued.revocation(
                result.status(),
                source,
                from,
                answer.flatMap(it -> instant(it.getThisUpdate())),
                answer.flatMap(it -> instant(it.getNextUpdate())),
                result.detail());
    }

    /** Of an answer that has been found valid. */
    private static Optional<SingleResponse> answer(Issued issued, byte[] der) {
        byte[] basic =
                OCSPResponse.getInstance(der).getResponseBytes().getResponse().getOctets();
        return Arrays.stream(BasicOCSPResponse.getInstance(basic)
                        .getTbsResponseData()
                        .getResponses()
                        .toArray())
                .map(SingleResponse::getInstance)
                .filter(single -> single.getCertID()
                        .getSerialNumber()
                        .hasValue(issued.certificate().getSerialNumber()))
                .findFirst();
    }

    private static Optional<Instant> instant(@Nullable ASN1GeneralizedTime time) {
        try {
            return time == null ? Optional.empty() : Optional.of(time.getDate()).map(Date::toInstant);
        } catch (ParseException _) {
            return Optional.empty();
        }
    }
}
