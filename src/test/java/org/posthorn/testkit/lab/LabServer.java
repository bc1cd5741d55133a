package org.posthorn.testkit.lab;

import java.util.Map;

/** A running server of the lab: where it listens. */
public record LabServer(String name, String host, Map<String, Integer> ports) {

    public LabServer {
        ports = Map.copyOf(ports);
    }

    /** The port of that name, such as {@code imap} or {@code smtps}. */
    public int port(String portName) {
        Integer port = ports.get(portName);
        if (port == null) {
            throw new IllegalArgumentException(name + " has no port " + portName + ", only " + ports.keySet());
        }
        return port;
    }
}
