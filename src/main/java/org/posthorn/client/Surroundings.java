package org.posthorn.client;

import java.time.Clock;
import java.util.function.IntSupplier;
import org.posthorn.oauth.TokenProviders;
import org.posthorn.sasl.Tickets;
import org.posthorn.timeline.TimelineRecorder;
import org.posthorn.transport.Cancellation;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.SecretMask;
import org.posthorn.wire.WireLog;

/**
 * What every attempt of one session shares.
 *
 * @param numbers gives each further connection its number in the log
 * @param mask hides the secrets of the session, those too that turn up on the way
 */
record Surroundings(
        Network network,
        TrustAnchors anchors,
        Tickets tickets,
        WireLog log,
        Clock clock,
        IntSupplier numbers,
        Cancellation cancellation,
        TimelineRecorder recorder,
        SecretMask mask,
        TokenProviders providers) {}
