package org.posthorn.client;

import java.net.URI;
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
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.TimeLimit;
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
 * and where these cannot tell, their lists of revoked certificates. All questions about the certificates of one handshake take
 * 20 seconds at most, and no step of one takes more than ten, since the mail server waits meanwhile.
 */
final class IssuerInquiry implements Inquiry {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(10);
    /** The lists of public authorities have some megabytes at most. */
    private static final int LONGEST_LIST = 16 * 1024 * 1024;
    /** Of each kind: a certificate that names more keeps the client busy. */
    private static final int MOST_ADDRESSES = 3;

    private final Endpoint endpoint;
    private final Surroundings surroundings;

    IssuerInquiry(Endpoint endpoint, Surroundings surroundings) {
        this.endpoint = endpoint.withTimeouts(shorter(endpoint.timeouts()));
        this.surroundings = surroundings;
    }

    private static Timeouts shorter(Timeouts limits) {
        return new Timeouts(
                shorter(limits.resolve()), shorter(limits.connect()), limits.greeting(), shorter(limits.operation()));
    }

    private static Duration shorter(Duration limit) {
        return limit.compareTo(LONGEST_STEP) < 0 ? limit : LONGEST_STEP;
    }

    @Override
    public List<Revocation> ask(List<Issued> certificates) throws FailureException {
        try (TimeLimit limit = surroundings.network().limit(LONGEST, surroundings.cancellation())) {
            Questions questions = new Questions(limit.cancellation());
            List<Revocation> found = new ArrayList<>();
            for (Issued issued : certificates) {
                found.add(questions.ask(issued));
            }
            return found;
        }
    }

    /** Those about one handshake, until their time is over. */
    private final class Questions {
        private final Cancellation over;
        private final HttpClient http;

        Questions(Cancellation over) {
            this.over = over;
            this.http = new HttpClient(
                    new HttpAccess(
                            surroundings.network(),
                            surroundings.anchors(),
                            surroundings.log(),
                            surroundings.clock(),
                            surroundings.numbers()),
                    endpoint,
                    surroundings.mask(),
                    over,
                    Phase.TLS);
        }

        Revocation ask(Issued issued) throws FailureException {
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
            return first.orElseGet(() ->
                    issued.unknown(Revocation.Source.NONE, "", "the certificate names no address to ask over HTTP"));
        }

        private Revocation askResponder(Issued issued, URI responder) throws FailureException {
            HttpRequest question = HttpRequest.post(
                    responder, OcspQuestion.about(issued), "application/ocsp-request", "application/ocsp-response");
            return ask(
                    issued,
                    Revocation.Source.OCSP,
                    question,
                    0,
                    body -> OcspAnswer.judge(
                            issued,
                            body,
                            Revocation.Source.OCSP,
                            responder.toString(),
                            surroundings.clock().instant()));
        }

        private Revocation lookUp(Issued issued, URI list) throws FailureException {
            return ask(
                    issued,
                    Revocation.Source.CRL,
                    HttpRequest.get(list, "application/pkix-crl, */*"),
                    LONGEST_LIST,
                    body -> RevocationList.judge(
                            issued, body, list.toString(), surroundings.clock().instant()));
        }

        private Revocation ask(
                Issued issued, Revocation.Source source, HttpRequest request, int mostBytes, Reading reading)
                throws FailureException {
            String from = request.uri().toString();
            if (over.isCancelled()) {
                return ended(issued, source, from);
            }
            try {
                HttpResponse response = http.send(request, mostBytes);
                return response.status() == 200
                        ? reading.of(response.body())
                        : issued.unknown(source, from, "the answer was HTTP " + response.status());
            } catch (FailureException e) {
                return e.failure() instanceof Failure.Cancelled
                        ? ended(issued, source, from)
                        : issued.unknown(source, from, "no answer came (" + words(e.failure()) + ")");
            }
        }

        /** A wish of the person ends the session, the end of the time only the asking. */
        private Revocation ended(Issued issued, Revocation.Source source, String from) throws FailureException {
            if (surroundings.cancellation().isCancelled()) {
                throw new FailureException(new Failure.Cancelled(Phase.TLS));
            }
            return issued.unknown(source, from, "the time for asking was over");
        }
    }

    private interface Reading {
        Revocation of(byte[] body);
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
