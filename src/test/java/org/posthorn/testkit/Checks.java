package org.posthorn.testkit;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.Check;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.CheckResult;
import org.posthorn.client.Connector;
import org.posthorn.oauth.Browser;
import org.posthorn.oauth.Machine;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.sasl.Tickets;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireEvent;
import org.posthorn.wire.WireLog;

/** Runs checks as the program does and keeps their log; the root of {@link Certificates} is the only one trusted. */
public final class Checks implements AutoCloseable {
    private static final TrustAnchors AUTHORITIES =
            TrustAnchors.of(List.of(Certificates.authority().certificate()));

    private final Network network;
    private final WireLog log = new WireLog(Clock.systemUTC(), 100_000);
    private final Connector connector;

    public Checks() {
        this(Network.system());
    }

    public Checks(Network network) {
        this(network, Tickets.ofSystem());
    }

    public Checks(Tickets tickets) {
        this(Network.system(), tickets);
    }

    private Checks(Network network, Tickets tickets) {
        this.network = network;
        this.connector = new Connector(
                network,
                AUTHORITIES,
                log,
                Clock.systemUTC(),
                new TokenProviders(Machine.with(Browser.none())),
                tickets);
    }

    public CheckResult run(Endpoint endpoint) {
        return run(endpoint, CheckOptions.complete());
    }

    public CheckResult run(Endpoint endpoint, CheckOptions options) {
        return run(endpoint, options, new Cancellation());
    }

    public CheckResult run(Endpoint endpoint, CheckOptions options, Cancellation cancellation) {
        return run(endpoint, options, cancellation, _ -> {});
    }

    public CheckResult run(
            Endpoint endpoint, CheckOptions options, Cancellation cancellation, Consumer<Timeline> live) {
        return new Check(connector).run(endpoint, options, cancellation, live);
    }

    public Connector connector() {
        return connector;
    }

    public WireLog log() {
        return log;
    }

    /** The log as text, each line behind the mark of its direction. */
    public String logText() {
        return log.from(0, Integer.MAX_VALUE).stream()
                .map(e -> e.direction().mark() + " " + e.text())
                .collect(Collectors.joining("\n"));
    }

    public List<WireEvent> events() {
        return log.from(0, Integer.MAX_VALUE);
    }

    /** An endpoint of a scripted server. */
    public static Endpoint endpoint(Protocol protocol, ScriptedServer server, TlsMode security) {
        return Endpoint.of(protocol, server.host()).withPort(server.port()).withSecurity(security);
    }

    /** What ended the check; one that ended well has none and is an error of the test. */
    public static Failure failure(CheckResult result) {
        return result.timeline().failure().orElseThrow(() -> new AssertionError(result + " did not fail"));
    }

    /** The phases in order of happening. */
    public static List<Phase> phases(CheckResult result) {
        return result.timeline().records().stream().map(PhaseRecord::phase).toList();
    }

    @Override
    public void close() {
        network.close();
    }
}
