package org.posthorn.desktop.viewmodel.account;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.Connector;
import org.posthorn.wire.WireLog;

/**
 * What every endpoint needs to be tested.
 *
 * @param connectors makes the connector that writes its lines into a log
 * @param ui runs what touches properties, on the one thread that may
 */
public record Workbench(
        Function<WireLog, Connector> connectors, CapabilityRegistry registry, Clock clock, Executor ui) {}
