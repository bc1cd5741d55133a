package org.posthorn.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.transport.Network;
import org.posthorn.transport.tls.TrustAnchors;

@ExtendWith(NothingLeft.class)
class ReleasesTest {

    private static Newest newest(String version, ScriptedServer server) {
        try (Network network = Network.system()) {
            return new Releases(network, TrustAnchors.of(List.of()), Clock.systemUTC()).newest(version, page(server));
        }
    }

    private static URI page(ScriptedServer server) {
        return URI.create("http://" + server.host() + ":" + server.port() + "/releases/latest");
    }

    private static ScriptedServer answering(String... lines) throws Exception {
        return ScriptedServer.of(peer -> {
            while (!peer.hear().isEmpty()) {
                // The request's head.
            }
            peer.say(lines);
            peer.end();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0, v1.0.1, true",
        "1.9.0, v1.10.0, true",
        "1.0.0-SNAPSHOT, v1.0.1, true",
        "1.0.0, v1.0.0, false",
        "1.0.0, v1.0, false",
        "1.0.0-SNAPSHOT, v1.0.0, false",
        "1.1.0, v1.0.9, false"
    })
    void comparesWithTheVersionThatThePageLeadsTo(String here, String published, boolean newer) throws Exception {
        try (ScriptedServer server =
                answering("HTTP/1.1 302 Found", "Location: /releases/tag/" + published, "Content-Length: 0", "")) {
            assertThat(newest(here, server))
                    .isEqualTo(
                            newer
                                    ? new Newest.Newer(
                                            published.substring(1), page(server).resolve("/releases/tag/" + published))
                                    : new Newest.ThisOne());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 404 Not Found, X: y, it answered with status 404",
        "HTTP/1.1 302 Found, Location: /releases, it names no version",
        "HTTP/1.1 302 Found, Location: http://[, it leads to no address",
        "BANANA, X: y, it could not be reached"
    })
    void saysWhyItIsNotKnownAndWhereToLook(String status, String field, String why) throws Exception {
        try (ScriptedServer server = answering(status, field, "Content-Length: 0", "")) {
            assertThat(newest("1.0.0", server))
                    .isInstanceOfSatisfying(
                            Newest.NotKnown.class,
                            answer -> assertThat(answer.sentence()).contains(why, "/releases"));
        }
    }

    @Test
    void tellsNothingOfThisCopyOrPerson() throws Exception {
        try (ScriptedServer server = answering("HTTP/1.1 404 Not Found", "Content-Length: 0", "")) {
            newest("1.2.3", server);

            assertThat(server.heard())
                    .anyMatch(line -> line.startsWith("GET /releases/latest "))
                    .noneMatch(line -> line.contains("1.2.3") || line.startsWith("Cookie"));
        }
    }
}
