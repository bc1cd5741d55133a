package org.posthorn.transport.http;

import java.time.Clock;
import java.util.function.IntSupplier;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;
import org.posthorn.wire.WireLog;

/**
 * What the HTTP of one session shares with its mail connection.
 *
 * @param numbers gives each connection its number in the log
 */
public record HttpAccess(Network network, TrustAnchors anchors, WireLog log, Clock clock, IntSupplier numbers) {}
