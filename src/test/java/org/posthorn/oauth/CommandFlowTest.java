package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.account.Secret;
import org.posthorn.account.TokenSettings;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.wire.SecretMask;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are shell scripts")
class CommandFlowTest {
    private final Acquisitions acquisitions = new Acquisitions();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        acquisitions.close();
    }

    private TokenSettings script(String lines, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("script"), lines);
        List<String> command = new ArrayList<>(List.of("/bin/sh", file.toString()));
        command.addAll(List.of(arguments));
        return new TokenSettings.Command(command);
    }

    private String detail(TokenSettings settings) {
        return ((Failure.TokenCommandFailed) acquisitions.failure(settings)).detail();
    }

    @Test
    void takesAPlainToken() throws Exception {
        IssuedToken token = acquisitions.token(script("echo; echo '  plain.t0ken= '"));

        assertThat(token.token()).isEqualTo(Secret.of("plain.t0ken="));
        assertThat(token.expiry()).isEmpty();
    }

    @Test
    void readsTheEndOfATokenThatSaysItItself() throws Exception {
        long end = Acquisitions.NOW.plusSeconds(90).getEpochSecond();

        assertThat(acquisitions.token(script("echo " + jwt(end))).expiry()).contains(Acquisitions.NOW.plusSeconds(90));
        assertThat(acquisitions
                        .token(script("echo '{\"access_token\":\"" + jwt(end) + "\"}'"))
                        .expiry())
                .contains(Acquisitions.NOW.plusSeconds(90));
    }

    private static String jwt(long end) {
        return Stream.of("{\"alg\":\"none\"}", "{\"exp\":" + end + "}", "signature")
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    @Test
    void takesTheJsonOfATokenEndpoint() throws Exception {
        IssuedToken token = acquisitions.token(
                script("echo '{\"access_token\":\"j\",\"expires_in\":\"60\",\"token_type\":\"Bearer\"}'"));

        assertThat(token.token()).isEqualTo(Secret.of("j"));
        assertThat(token.expiry()).contains(Acquisitions.NOW.plusSeconds(60));
    }

    @Test
    void handsArgumentsOnAsTheyAreAndToNoShell() throws Exception {
        IssuedToken token = acquisitions.token(script("printf '%s' \"$1\"", "$(whoami);*"));

        assertThat(token.token()).isEqualTo(Secret.of("$(whoami);*"));
    }

    @Test
    void saysHowItFailedWithoutAnythingThatLooksLikeAToken() throws Exception {
        assertThat(detail(script("echo 'no login eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.x' >&2; exit 3")))
                .isEqualTo("it ended with the exit code 3: no login ••••••");
        assertThat(detail(script("echo two words"))).contains("neither a token of one word nor JSON");
        assertThat(detail(script("exit 0"))).contains("neither a token of one word nor JSON");
        assertThat(detail(script("head -c 70000 /dev/zero"))).contains("longer than 64 KiB");
        assertThat(detail(new TokenSettings.Command(List.of(folder + "/none")))).contains("could not be started");
    }

    @Test
    void getsNoSecretOfTheAccountInItsEnvironment() {
        Map<String, String> environment = new HashMap<>(
                Map.of("A", "s3cret", "B", "Basic czNjcmV0", "C", "harmless", "D", "abc", "E", "abc of it", "F", ""));

        ChildEnvironment.clean(
                environment, new SecretMask(List.of(Secret.of("s3cret"), Secret.of("abc"), Secret.of(""))));

        assertThat(environment).containsOnlyKeys("C", "E", "F");
    }

    @Test
    void endsItWithEverythingItStartedWhenThePersonStops() throws Exception {
        Path started = folder.resolve("started");
        TokenSettings settings =
                script("mkfifo \"$1.fifo\"; cat \"$1.fifo\" & echo $! > \"$1\"; wait", started.toString());
        Thread stopping = Thread.ofVirtual().start(() -> {
            while (!Files.exists(started) || pid(started).isEmpty()) {
                Thread.onSpinWait();
            }
            acquisitions.cancellation.cancel();
        });

        assertThat(failureOf(settings)).isInstanceOf(Failure.Cancelled.class);
        stopping.join();
        ProcessHandle.of(Long.parseLong(pid(started)))
                .ifPresent(child -> assertThat(child.onExit().join().isAlive()).isFalse());
    }

    private Failure failureOf(TokenSettings settings) {
        try {
            throw new AssertionError(acquisitions.token(settings));
        } catch (FailureException e) {
            return e.failure();
        }
    }

    private static String pid(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
