package org.posthorn.release;

import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.http.HttpAccess;
import org.posthorn.transport.http.HttpClient;
import org.posthorn.transport.http.HttpRequest;
import org.posthorn.transport.http.HttpResponse;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireLog;

/**
 * The published releases. Their page answers with a redirect (RFC 9110 §15.4) to the newest one, whose address ends in its
 * version; nothing about this copy or this person is sent.
 */
public final class Releases {
    private static final Pattern VERSION = Pattern.compile(".*/v?(\\d{1,6}(?:\\.\\d{1,6}){0,3})/?");

    private static final int LOG_SIZE = 1_000;

    private final HttpClient http;

    /** Over this machine's own way and with the built-in trust: no account is asked for it, and no account's log tells of it. */
    public Releases(Network network, TrustAnchors anchors, Clock clock) {
        HttpAccess access = new HttpAccess(
                network, anchors, new WireLog(clock, LOG_SIZE), clock, new AtomicInteger()::incrementAndGet);
        http = new HttpClient(
                access, Endpoint.of(Protocol.IMAP, ""), new SecretMask(List.of()), new Cancellation(), Phase.READY);
    }

    /** Asks once; called when a person wants to know, and never else. */
    public Newest newest(String version, URI page) {
        try {
            HttpResponse response = http.send(HttpRequest.get(page, "text/html"));
            return response.field("Location")
                    .map(location -> compared(version, page.resolve(location)))
                    .orElseGet(() -> notKnown(page, "it answered with status " + response.status()));
        } catch (FailureException e) {
            return notKnown(page, "it could not be reached");
        } catch (IllegalArgumentException _) {
            return notKnown(page, "it leads to no address");
        }
    }

    private static Newest compared(String version, URI newest) {
        Matcher published = VERSION.matcher(newest.toString());
        if (!published.matches()) {
            return notKnown(newest, "it names no version");
        }
        return isLater(published.group(1), version)
                ? new Newest.Newer(published.group(1), newest)
                : new Newest.ThisOne();
    }

    private static Newest notKnown(URI page, String why) {
        return new Newest.NotKnown("The list of releases was asked for, but " + why + "; look at " + page + ".");
    }

    /** A version that is still worked on counts as the one it becomes. */
    private static boolean isLater(String published, String here) {
        return Arrays.compare(numbers(published), numbers(here.replaceFirst("-.*", ""))) > 0;
    }

    /** Always four, so that 1.2 equals 1.2.0. */
    private static int[] numbers(String version) {
        String[] parts = version.split("\\.", -1);
        return IntStream.range(0, 4)
                .map(i -> i < parts.length && parts[i].matches("\\d{1,6}") ? Integer.parseInt(parts[i]) : 0)
                .toArray();
    }
}
