package org.posthorn.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** A program prints a token, plain or as the JSON of a token endpoint. It is run without a shell, and with a limit. */
record CommandFlow(List<String> arguments) implements OauthFlow {
    private static final int LONGEST_OUTPUT = 64 * 1024;
    private static final int LONGEST_COMPLAINT = 200;

    @Override
    public IssuedToken obtain(Acquisition acquisition) throws FailureException {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        ChildEnvironment.clean(builder.environment(), acquisition.mask());
        try {
            return run(builder.start(), acquisition);
        } catch (IOException e) {
            throw failed("it could not be started; check its path");
        }
    }

    private IssuedToken run(Process process, Acquisition acquisition) throws FailureException, IOException {
        AtomicBoolean stopped = new AtomicBoolean();
        try (var _ = acquisition.cancellation().onCancel(() -> {
            stopped.set(true);
            end(process);
        })) {
            process.getOutputStream().close();
            CompletableFuture<String> output = reader(process.getInputStream());
            CompletableFuture<String> complaint = reader(process.getErrorStream());
            boolean ended = process.waitFor(acquisition.limit().toNanos(), TimeUnit.NANOSECONDS);
            if (stopped.get()) {
                throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
            }
            if (!ended) {
                throw failed("it did not end within " + acquisition.limit().toSeconds() + " s");
            }
            // A program that is no longer read from may end in its own way.
            if (process.exitValue() != 0 && !output.isCompletedExceptionally()) {
                throw failed("it ended with the exit code " + process.exitValue() + said(complaint, acquisition));
            }
            return token(output.get(1, TimeUnit.SECONDS), acquisition);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Cancelled(Phase.LOGIN));
        } catch (ExecutionException | TimeoutException _) {
            throw failed("its output could not be read to the end, or is longer than 64 KiB");
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static CompletableFuture<String> reader(InputStream in) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().name("token command").start(() -> {
            try (in) {
                byte[] bytes = in.readNBytes(LONGEST_OUTPUT + 1);
                if (bytes.length > LONGEST_OUTPUT) {
                    throw new IOException("too much");
                }
                text.complete(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    /** Its first words on standard error, without anything that looks like a token. */
    private static String said(CompletableFuture<String> complaint, Acquisition acquisition)
            throws InterruptedException {
        try {
            String first = complaint
                    .get(1, TimeUnit.SECONDS)
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
            String shown = acquisition.mask().mask(first).replaceAll("[A-Za-z0-9._~+/=-]{24,}", Secret.DOTS);
            return shown.isEmpty() ? "" : ": " + shown.substring(0, Math.min(shown.length(), LONGEST_COMPLAINT));
        } catch (ExecutionException | TimeoutException _) {
            return "";
        }
    }

    private IssuedToken token(String output, Acquisition acquisition) throws FailureException {
        String text = output.strip();
        Instant now = acquisition.clock().instant();
        Optional<IssuedToken> token = text.startsWith("{")
                ? Json.of(text).flatMap(json -> TokenEndpoint.read(json, now))
                : Optional.of(text)
                        .filter(plain -> plain.matches("[\\x21-\\x7e]+"))
                        .map(plain ->
                                new IssuedToken(Secret.of(plain), "Bearer", now, Optional.empty(), Optional.empty()));
        IssuedToken found = token.orElseThrow(
                () -> failed("what it printed is neither a token of one word nor JSON with an access_token"));
        acquisition.hide(found.secrets());
        return found.readingExpiry();
    }

    private FailureException failed(String detail) {
        return new FailureException(
                new Failure.TokenCommandFailed(arguments.isEmpty() ? "" : arguments.getFirst(), detail));
    }
}
