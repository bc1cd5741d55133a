package org.posthorn.mailbox.jakarta;

import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.client.Capabilities;
import org.posthorn.client.MailConnection;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.transport.Transport;

/**
 * Hands an IMAP connection that is logged in over to Jakarta Mail. Every line still passes the log, every command has the
 * operation timeout, and no second connection is dialled: a folder is closed before the store is asked for anything else.
 * Messages are read by BODY.PEEK, in pieces, so that one of any size fits. Its readers of STATUS and QUOTA do not come to an
 * end with some malformed answers (2.0.5): {@link org.posthorn.mailbox.folders.OverviewReader} asks for those.
 */
public final class JakartaMail {
    private final Dialogue dialogue;
    private final List<String> capabilities;

    /** What is done with the store; the folders that it leaves open are closed, and nothing is expunged. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Store store) throws MessagingException, IOException, FailureException;
    }

    /** On a connection that performs nothing else meanwhile. */
    public JakartaMail(Endpoint endpoint, MailConnection connection, Transport transport) {
        if (endpoint.protocol() != Protocol.IMAP) {
            throw new IllegalArgumentException("a connection is handed over by IMAP alone");
        }
        this.dialogue = new Dialogue(transport, endpoint);
        this.capabilities = Capabilities.inForce(connection.timeline());
    }

    /**
     * Does the work and takes the connection back.
     *
     * @throws FailureException when the server refused a command, or the connection was lost
     * @throws IOException what the work throws of its own; the connection is as good as before
     */
    public <T> T run(Work<T> work) throws FailureException, IOException {
        T result;
        try (Store store = HandedOverStore.on(dialogue, capabilities)) {
            result = work.run(store);
        } catch (MessagingException e) {
            throwIfLost();
            throw new FailureException(failure(e));
        } catch (IOException e) {
            throwIfLost();
            throw e;
        } catch (RuntimeException e) {
            throwIfLost();
            if (isOfTheLibrary(e)) {
                throw new FailureException(failure(e));
            }
            throw e;
        }
        // The library takes a lost connection for a reply of the server, and may go on as if nothing had been.
        throwIfLost();
        return result;
    }

    private void throwIfLost() throws FailureException {
        if (dialogue.overstepped().isPresent()) {
            throw dialogue.overstepped().get();
        }
        Optional<Failure> lost = dialogue.lost();
        if (lost.isPresent()) {
            throw new FailureException(lost.get());
        }
    }

    private Failure failure(Exception thrown) {
        return dialogue.refusal()
                .orElseGet(() -> dialogue.violation(Optional.ofNullable(thrown.getMessage())
                        .orElse(thrown.getClass().getSimpleName())));
    }

    /** What a server says may be more than the library is prepared for. */
    private static boolean isOfTheLibrary(RuntimeException thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java."))
                .findFirst()
                .filter(name -> name.startsWith("org.eclipse.angus.") || name.startsWith("jakarta.mail."))
                .isPresent();
    }
}
