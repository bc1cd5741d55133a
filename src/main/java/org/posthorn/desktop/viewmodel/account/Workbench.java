package org.posthorn.desktop.viewmodel.account;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.posthorn.client.LoginGuard;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.wire.WireLog;

/**
 * What every endpoint needs to be tested.
 *
 * @param connectors makes the connector that writes its lines into a log
 * @param guard counts the refused logins of all of them
 * @param ui runs what touches properties, on the one thread that may
 */
public record Workbench(
        Function<WireLog, Connector> connectors,
        CapabilityRegistry registry,
        LoginGuard guard,
        Clock clock,
        Executor ui) {

    /** With a guard that has heard nothing yet. */
    public Workbench(Function<WireLog, Connector> connectors, CapabilityRegistry registry, Clock clock, Executor ui) {
        this(connectors, registry, new LoginGuard(clock), clock, ui);
    }
}
