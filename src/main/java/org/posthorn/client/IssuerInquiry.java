package org.posthorn.client;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Timeouts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.Revocation;
import org.posthorn.transport.http.HttpAccess;
import org.posthorn.transport.http.HttpClient;
import org.posthorn.transport.http.HttpRequest;
import org.posthorn.transport.http.HttpResponse;
import org.posthorn.transport.revocation.Inquiry;
import org.posthorn.transport.revocation.Issued;
import org.posthorn.transport.revocation.OcspAnswer;
import org.posthorn.transport.revocation.OcspQuestion;
import org.posthorn.transport.revocation.RevocationList;
import org.posthorn.transport.revocation.StatusPointers;

/**
 * Asks issuers over the account's own way, so that no question goes past its proxy: their OCSP responders first (RFC 6960),
 * and where these cannot tell, their lists of revoked certificates. No request takes longer than ten seconds, since the mail
 * server waits meanwhile.
 */
final class IssuerInquiry implements Inquiry {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** The lists of public authorities have some megabytes at most. */
    private static final int LONGEST_LIST = 16 * 1024 * 1024;
    /** Of each kind: a certificate that names more keeps the client busy. */
    private static final int MOST_ADDRESSES = 3;

    private final HttpClient http;
    private final Clock clock;

    IssuerInquiry(Endpoint endpoint, Surroundings surroundings) {
        this.clock = surroundings.clock();
        this.http = new HttpClient(
                new HttpAccess(
                        surroundings.network(),
                        surroundings.anchors(),
                        surroundings.log(),
                        surroundings.clock(),
                        surroundings.numbers()),
                endpoint.withTimeouts(shorter(endpoint.timeouts())),
                surroundings.mask(),
                surroundings.cancellation(),
                Phase.TLS);
    }

    private static Timeouts shorter(Timeouts limits) {
        return new Timeouts(
                shorter(limits.resolve()), shorter(limits.connect()), limits.greeting(), shorter(limits.operation()));
    }

    private static Duration shorter(Duration limit) {
        return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    }

    @Override
    public List<Revocation> ask(List<Issued> certificates) throws FailureException {
        List<Revocation> found = new ArrayList<>();
        for (Issued issued : certificates) {
            found.add(ask(issued));
        }
        return found;
    }

    private Revocation ask(Issued issued) throws FailureException {
        StatusPointers pointers = StatusPointers.of(issued.certificate());
        Optional<Revocation> first = Optional.empty();
        for (URI responder :
                pointers.responders().stream().limit(MOST_ADDRESSES).toList()) {
            Revocation told = askResponder(issued, responder);
            if (told.status() != Revocation.Status.UNKNOWN) {
                return told;
            }
            first = first.or(() -> Optional.of(told));
        }
        for (URI list : pointers.lists().stream().limit(MOST_ADDRESSES).toList()) {
            Revocation told = lookUp(issued, list);
            if (told.status() != Revocation.Status.UNKNOWN) {
                return told;
            }
            first = first.or(() -> Optional.of(told));
        }
        return first.orElseGet(
                () -> issued.unknown(Revocation.Source.NONE, "", "the certificate names no address to ask over HTTP"));
    }

    private Revocation askResponder(Issued issued, URI responder) throws FailureException {
        HttpRequest question = HttpRequest.post(
                responder, OcspQuestion.about(issued), "application/ocsp-request", "application/ocsp-response");
        return ask(
                issued,
                Revocation.Source.OCSP,
                question,
                0,
                body -> OcspAnswer.judge(issued, body, Revocation.Source.OCSP, responder.toString(), clock.instant()));
    }

    private Revocation lookUp(Issued issued, URI list) throws FailureException {
        return ask(
                issued,
                Revocation.Source.CRL,
                HttpRequest.get(list, "application/pkix-crl, */*"),
                LONGEST_LIST,
                body -> RevocationList.judge(issued, body, list.toString(), clock.instant()));
    }

    private interface Reading {
        Revocation of(byte[] body);
    }

    private Revocation ask(Issued issued, Revocation.Source source, HttpRequest request, int mostBytes, Reading reading)
            throws FailureException {
        String from = request.uri().toString();
        try {
            HttpResponse response = http.send(request, mostBytes);
            return response.status() == 200
                    ? reading.of(response.body())
                    : issued.unknown(source, from, "the answer was HTTP " + response.status());
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Cancelled) {
                throw new FailureException(new Failure.Cancelled(Phase.TLS));
            }
            return issued.unknown(source, from, "no answer came (" + words(e.failure()) + ")");
        }
    }

    private static String words(Failure failure) {
        return switch (failure) {
            case Failure.HostNotFound _ -> "its name is not known";
            case Failure.ConnectionRefused _ -> "the connection was refused";
            case Failure.ConnectTimeout _, Failure.TimedOut _ -> "it stayed silent";
            case Failure.TooMuchReceived _ -> "it sent too much";
            case Failure.ConnectionLost _ -> "it closed the connection";
            default -> failure.kind();
        };
    }
}
