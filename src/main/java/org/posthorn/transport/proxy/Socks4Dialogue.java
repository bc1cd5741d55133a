package org.posthorn.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.account.ProxySettings;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/** SOCKS 4, and 4a where a name is handed over (the address 0.0.0.1 announces it). It knows a user name and no password. */
final class Socks4Dialogue implements ProxyDialogue {
    private static final byte[] NAME_FOLLOWS = {0, 0, 0, 1};
    private static final int GRANTED = 90;

    private final String user;

    Socks4Dialogue(Optional<ProxySettings.Credentials> login) {
        this.user = login.map(ProxySettings.Credentials::user).orElse("");
    }

    @Override
    public String run(ProxyStreams streams, Destination destination) throws IOException, FailureException {
        streams.send(request(destination), "SOCKS4 CONNECT " + destination.authority());
        int version = streams.read();
        if (version != 0) {
            throw new FailureException(Failure.ProxyMismatch.byte0("SOCKS4", version));
        }
        int code = streams.read();
        streams.read(6);
        String words = code + " " + meaning(code);
        streams.heard("SOCKS4 reply " + words);
        if (code != GRANTED) {
            throw new FailureException(refusal(code, words));
        }
        return words;
    }

    private byte[] request(Destination destination) throws FailureException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(4);
        request.write(1);
        request.write(destination.port() >> 8);
        request.write(destination.port());
        request.writeBytes(
                switch (destination) {
                    case Destination.Name _ -> NAME_FOLLOWS;
                    case Destination.Address(InetAddress address, int _) -> ipv4(address);
                });
        request.writeBytes(user.getBytes(StandardCharsets.UTF_8));
        request.write(0);
        if (destination instanceof Destination.Name(String host, int _)) {
            request.writeBytes(host.getBytes(StandardCharsets.US_ASCII));
            request.write(0);
        }
        return request.toByteArray();
    }

    private static byte[] ipv4(InetAddress address) throws FailureException {
        if (address instanceof Inet4Address) {
            return address.getAddress();
        }
        throw new FailureException(new Failure.ProxyRefused(
                "SOCKS4", Failure.ProxyRefusal.UNSUPPORTED, "SOCKS 4 has no IPv6 addresses; none was asked for"));
    }

    private static Failure refusal(int code, String words) {
        // 91 is all that SOCKS 4 has for a policy, a name that is not found and a server that does not answer.
        Failure.ProxyRefusal reason =
                code == 92 || code == 93 ? Failure.ProxyRefusal.LOGIN_REJECTED : Failure.ProxyRefusal.UNSPECIFIED;
        return new Failure.ProxyRefused("SOCKS4", reason, words);
    }

    private static String meaning(int code) {
        return switch (code) {
            case GRANTED -> "request granted";
            case 91 -> "request rejected or failed";
            case 92 -> "rejected: the proxy cannot reach identd on this machine";
            case 93 -> "rejected: identd and the request name different users";
            default -> "unknown reply";
        };
    }
}
