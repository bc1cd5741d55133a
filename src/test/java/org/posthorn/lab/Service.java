package org.posthorn.lab;

import org.posthorn.account.Protocol;
import org.posthorn.testkit.lab.Lab;
import org.posthorn.testkit.lab.LabServer;

/** A protocol of a server of the lab, with the port of either kind. */
enum Service {
    DOVECOT_IMAP("dovecot", Protocol.IMAP, "imap", "imaps", "plainonly"),
    DOVECOT_POP3("dovecot", Protocol.POP3, "pop3", "pop3s", "plainonly"),
    EXIM("exim", Protocol.SMTP, "smtp", "smtps", "notls"),
    POSTFIX("postfix", Protocol.SMTP, "smtp", "smtps", "notls");

    private final String server;
    private final Protocol protocol;
    private final String plainPort;
    private final String tlsPort;
    private final String withoutTls;

    Service(String server, Protocol protocol, String plainPort, String tlsPort, String withoutTls) {
        this.server = server;
        this.protocol = protocol;
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
        this.withoutTls = withoutTls;
    }

    LabServer in(Lab lab) {
        return lab.server(server);
    }

    LabServer in(Lab lab, String variant) {
        return lab.server(server, variant);
    }

    /** The variant that knows no TLS. */
    LabServer withoutTls(Lab lab) {
        return lab.server(server, withoutTls);
    }

    Protocol protocol() {
        return protocol;
    }

    /** The port that begins in plaintext. */
    String plainPort() {
        return plainPort;
    }

    /** The port that begins with TLS. */
    String tlsPort() {
        return tlsPort;
    }
}
