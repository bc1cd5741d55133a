package org.posthorn.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.account.ProxySettings.Credentials;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Failure.ProxyRefusal;
import org.posthorn.timeline.FailureException;

/** SOCKS 5 (RFC 1928), without a login or with user name and password (RFC 1929). */
final class Socks5Dialogue implements ProxyDialogue {
    private static final int VERSION = 5;
    private static final int NO_LOGIN = 0;
    private static final int PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xff;

    private final Optional<Credentials> login;

    Socks5Dialogue(Optional<Credentials> login) {
        this.login = login;
    }

    @Override
    public String run(ProxyStreams streams, Destination destination) throws IOException, FailureException {
        negotiate(streams);
        streams.send(request(destination), "SOCKS5 CONNECT " + destination.authority());
        expectVersion(streams.read(), VERSION);
        int code = streams.read();
        streams.read();
        skipAddress(streams);
        String words = String.format("0x%02x %s", code, meaning(code));
        streams.heard("SOCKS5 reply " + words);
        if (code != 0) {
            throw new FailureException(new Failure.ProxyRefused("SOCKS5", reason(code), words));
        }
        return words;
    }

    private void negotiate(ProxyStreams streams) throws IOException, FailureException {
        byte[] hello =
                login.isPresent() ? new byte[] {VERSION, 2, NO_LOGIN, PASSWORD} : new byte[] {VERSION, 1, NO_LOGIN};
        streams.send(hello, "SOCKS5 methods: none" + (login.isPresent() ? ", user name and password" : ""));
        expectVersion(streams.read(), VERSION);
        int method = streams.read();
        streams.heard("SOCKS5 method " + methodName(method));
        if (method == PASSWORD && login.isPresent()) {
            authenticate(streams, login.get());
        } else if (method != NO_LOGIN) {
            ProxyRefusal reason = login.isPresent() ? ProxyRefusal.LOGIN_METHOD_MISSING : ProxyRefusal.LOGIN_REQUIRED;
            throw new FailureException(new Failure.ProxyRefused("SOCKS5", reason, methodName(method)));
        }
    }

    private static void authenticate(ProxyStreams streams, Credentials login) throws IOException, FailureException {
        streams.send(credentials(login), "SOCKS5 user name and password " + Secret.DOTS);
        expectVersion(streams.read(), 1);
        int status = streams.read();
        streams.heard("SOCKS5 login " + (status == 0 ? "accepted" : "rejected, status " + status));
        if (status != 0) {
            throw new FailureException(
                    new Failure.ProxyRefused("SOCKS5", ProxyRefusal.LOGIN_REJECTED, "login status " + status));
        }
    }

    private static byte[] credentials(Credentials login) throws FailureException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(1);
        counted(message, login.user());
        counted(message, login.password().reveal());
        return message.toByteArray();
    }

    private static void counted(ByteArrayOutputStream message, String text) throws FailureException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new FailureException(new Failure.ProxyRefused(
                    "SOCKS5", ProxyRefusal.UNSUPPORTED, "SOCKS 5 takes at most 255 bytes; nothing was sent"));
        }
        message.write(bytes.length);
        message.writeBytes(bytes);
    }

    private static byte[] request(Destination destination) throws FailureException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {VERSION, 1, 0});
        switch (destination) {
            case Destination.Name(String host, int _) -> {
                request.write(3);
                counted(request, host);
            }
            case Destination.Address(InetAddress address, int _) -> {
                request.write(address instanceof Inet6Address ? 4 : 1);
                request.writeBytes(address.getAddress());
            }
        }
        request.write(destination.port() >> 8);
        request.write(destination.port());
        return request.toByteArray();
    }

    private static void skipAddress(ProxyStreams streams) throws IOException, FailureException {
        int type = streams.read();
        int length = switch (type) {
            case 1 -> 4;
            case 3 -> streams.read();
            case 4 -> 16;
            default ->
                throw new FailureException(
                        new Failure.ProxyMismatch("SOCKS5", "a reply with the address type " + type));
        };
        streams.read(length + 2);
    }

    private static void expectVersion(int version, int expected) throws FailureException {
        if (version != expected) {
            throw new FailureException(Failure.ProxyMismatch.byte0("SOCKS5", version));
        }
    }

    private static String methodName(int method) {
        return switch (method) {
            case NO_LOGIN -> "none";
            case 1 -> "GSSAPI";
            case PASSWORD -> "user name and password";
            case NONE_ACCEPTABLE -> "no acceptable methods";
            default -> "method " + method;
        };
    }

    private static ProxyRefusal reason(int code) {
        return switch (code) {
            case 2 -> ProxyRefusal.POLICY;
            case 3, 4, 5, 6 -> ProxyRefusal.TARGET_UNREACHABLE;
            case 7, 8 -> ProxyRefusal.UNSUPPORTED;
            default -> ProxyRefusal.UNSPECIFIED;
        };
    }

    private static String meaning(int code) {
        return switch (code) {
            case 0 -> "succeeded";
            case 1 -> "general SOCKS server failure";
            case 2 -> "connection not allowed by ruleset";
            case 3 -> "network unreachable";
            case 4 -> "host unreachable";
            case 5 -> "connection refused";
            case 6 -> "TTL expired";
            case 7 -> "command not supported";
            case 8 -> "address type not supported";
            default -> "unassigned";
        };
    }
}
