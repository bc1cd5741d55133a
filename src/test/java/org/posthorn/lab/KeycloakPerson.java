package org.posthorn.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthorn.testkit.lab.LabServer;

/** A person at a browser with Keycloak's pages, and what an administrator or another program asks of it. */
final class KeycloakPerson {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern TEXT = Pattern.compile("\"([a-z_]+)\":\"([^\"]*)\"");

    private final Map<String, String> cookies = new HashMap<>();
    private final String realm;

    KeycloakPerson(LabServer keycloak) {
        realm = "http://" + keycloak.host() + ":" + keycloak.port("http") + "/realms/lab";
    }

    /** The realm, which is the issuer. */
    String issuer() {
        return realm;
    }

    String protocol(String path) {
        return realm + "/protocol/openid-connect/" + path;
    }

    /** Opens the page, signs in as alice, and allows what is asked for; answers the last page. */
    String signIn(URI address) throws IOException {
        String page = get(address);
        while (FORM.matcher(page).find()) {
            page = submit(address, page);
        }
        return page;
    }

    private String submit(URI base, String page) throws IOException {
        Matcher form = FORM.matcher(page);
        form.find();
        Map<String, String> fields = new HashMap<>();
        HIDDEN.matcher(page).results().forEach(found -> fields.put(found.group(1), found.group(2)));
        if (page.contains("name=\"password\"")) {
            fields.putAll(Map.of("username", "alice", "password", "secret"));
        } else {
            fields.put("accept", "Yes");
        }
        return post(base.resolve(form.group(1).replace("&amp;", "&")).toString(), fields);
    }

    /** The token endpoint's members of one grant with alice's password. */
    Map<String, String> tokens(String client) throws IOException {
        return members(post(
                protocol("token"),
                Map.of(
                        "grant_type", "password",
                        "client_id", client,
                        "username", "alice",
                        "password", "secret",
                        "scope", "openid")));
    }

    void revoke(String client, String token) throws IOException {
        post(protocol("revoke"), Map.of("client_id", client, "token", token));
    }

    private static Map<String, String> members(String json) {
        return TEXT.matcher(json).results().collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private String get(URI address) throws IOException {
        return send(address, Optional.empty());
    }

    private String post(String address, Map<String, String> fields) throws IOException {
        String form = fields.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(URI.create(address), Optional.of(form));
    }

    /** Follows redirects and keeps cookies, those too that are for secure connections, as browsers do on this machine. */
    private String send(URI address, Optional<String> form) throws IOException {
        if (!(address.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
            throw new IOException(address + " is not HTTP");
        }
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty(
                "Cookie",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
        if (form.isPresent()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(form.get().getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        connection.getHeaderFields().forEach((name, values) -> {
            if ("Set-Cookie".equalsIgnoreCase(name)) {
                values.forEach(this::keep);
            }
        });
        String location = connection.getHeaderField("Location");
        if (status / 100 == 3 && location != null) {
            return send(address.resolve(location), Optional.empty());
        }
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private void keep(String cookie) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
    }
}
