package org.posthorn.mailbox.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Quota;
import jakarta.mail.QuotaAwareStore;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.Timeouts;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOptions;
import org.posthorn.client.MailConnection;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.ConnectionState;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.Cancellation;

/** Jakarta Mail works on the connection that was handed to it, and nothing that happens there is lost. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class JakartaMailTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Checks checks = new Checks();
    private Duration operation = PATIENCE;
    private boolean readOnly;

    @AfterEach
    void close() {
        checks.close();
    }

    /** Does it on a connection to a server that plays this script behind the login. */
    private <T> T with(ScriptedServer.Script script, JakartaMail.Work<T> work) throws Exception {
        return with(script, work, _ -> {});
    }

    private interface After {
        void run(MailConnection connection) throws FailureException;
    }

    private <T> T with(ScriptedServer.Script script, JakartaMail.Work<T> work, After after) throws Exception {
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            peer.say("* PREAUTH [CAPABILITY IMAP4rev1 QUOTA LITERAL+] welcome");
            peer.answer("TAG OK noop");
            script.run(peer);
        })) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, server, TlsMode.NONE)
                    .withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, operation));
            endpoint = endpoint.withConnections(endpoint.connections().withReadOnly(readOnly));
            try (MailConnection connection =
                    checks.connector().connect(endpoint, CheckOptions.complete(), new Cancellation(), _ -> {})) {
                T result = run(endpoint, connection, work);
                after.run(connection);
                return result;
            } finally {
                assertThat(server.connections()).isOne();
            }
        }
    }

    private static <T> T run(Endpoint endpoint, MailConnection connection, JakartaMail.Work<T> work)
            throws FailureException {
        return connection.perform((_, transport) -> {
            try {
                return new JakartaMail(endpoint, connection, transport).run(work);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void examined(ScriptedServer.Peer peer) throws IOException {
        peer.answer("* 1 EXISTS", "* OK [UIDVALIDITY 3] valid", "* OK [UIDNEXT 8] next", "TAG OK [READ-ONLY] open");
    }

    private static void leave(ScriptedServer.Peer peer) throws IOException {
        peer.answer("* BYE", "TAG OK");
    }

    @Test
    void readsFoldersQuotaAndMessagesAndAppendsOnTheOneConnection() throws Exception {
        List<String> seen = with(
                peer -> {
                    peer.answer("* LIST (\\HasNoChildren) \"/\" INBOX", "* LIST () \"/\" Entw&APw-rfe", "TAG OK");
                    peer.answer("* QUOTAROOT INBOX \"user\"", "* QUOTA \"user\" (STORAGE 10 512)", "TAG OK");
                    peer.answer("* LIST () \"/\" INBOX", "TAG OK");
                    String append = peer.hear();
                    assertThat(append).contains("APPEND INBOX");
                    peer.bytes(Integer.parseInt(append.replaceAll(".*\\{(\\d+)\\+?}", "$1")));
                    peer.hear();
                    peer.say(append.split(" ", 2)[0] + " OK appended");
                    examined(peer);
                    peer.answer("* 1 FETCH (UID 7 BODY[]<0> {15}\r\nSubject: hi\r\n\r\n)", "TAG OK");
                    peer.answer("TAG OK closed");
                    leave(peer);
                },
                store -> {
                    List<String> told = new ArrayList<>();
                    for (Folder folder : store.getDefaultFolder().list("*")) {
                        told.add(folder.getFullName());
                    }
                    for (Quota quota : ((QuotaAwareStore) store).getQuota("INBOX")) {
                        told.add(quota.quotaRoot + " " + quota.resources[0].limit);
                    }
                    MimeMessage message = new MimeMessage(
                            Session.getInstance(new Properties()),
                            new ByteArrayInputStream("Subject: new\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                    Folder inbox = store.getFolder("INBOX");
                    inbox.appendMessages(new Message[] {message});
                    inbox.open(Folder.READ_ONLY);
                    ByteArrayOutputStream source = new ByteArrayOutputStream();
                    inbox.getMessage(1).writeTo(source);
                    told.add(source.toString(StandardCharsets.US_ASCII));
                    return told;
                });

        assertThat(seen).containsExactly("INBOX", "Entwürfe", "user 512", "Subject: hi\r\n\r\n");
        assertThat(checks.logText()).contains("BODY.PEEK[]").contains("* QUOTA \"user\" (STORAGE 10 512)");
    }

    @Test
    void theConnectionIsUsedOnAfterwards() throws Exception {
        with(
                peer -> {
                    examined(peer);
                    // What comes unasked behind the reply is the next reader's.
                    String tag = peer.hear().split(" ", 2)[0];
                    peer.say(tag + " OK closed", "* 5 EXISTS");
                    peer.answer("TAG OK noop");
                    leave(peer);
                },
                store -> {
                    store.getFolder("INBOX").open(Folder.READ_ONLY);
                    return true;
                },
                connection -> {
                    connection.noop();
                    assertThat(connection.timeline().state()).isEqualTo(ConnectionState.READY);
                });

        assertThat(checks.logText()).contains("* 5 EXISTS");
    }

    @Test
    void noSecondConnectionIsDialled() throws Exception {
        assertThatThrownBy(() -> with(
                        peer -> {
                            examined(peer);
                            peer.answer("TAG OK closed");
                            leave(peer);
                        },
                        store -> {
                            store.getFolder("INBOX").open(Folder.READ_ONLY);
                            return ((QuotaAwareStore) store).getQuota("INBOX");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("an open folder has to be closed");
    }

    @Test
    void aReadOnlyMailboxIsNotChanged() throws Exception {
        readOnly = true;

        with(
                peer -> {
                    examined(peer);
                    peer.answer("TAG OK closed");
                    leave(peer);
                },
                store -> {
                    store.getFolder("INBOX").open(Folder.READ_ONLY);
                    return true;
                });
        assertThatThrownBy(() -> with(JakartaMailTest::leave, store -> {
                    store.getFolder("INBOX").open(Folder.READ_WRITE);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only");
        assertThat(checks.logText()).doesNotContain("SELECT");
    }

    @Test
    void aRefusalIsToldInTheServersWordsAndBreaksNothing() throws Exception {
        with(
                peer -> {
                    peer.answer("TAG NO [NONEXISTENT] there is no such folder");
                    peer.answer("TAG OK list");
                    peer.answer("TAG OK noop");
                    leave(peer);
                },
                store -> {
                    assertThatThrownBy(() -> store.getFolder("nope").open(Folder.READ_ONLY))
                            .isInstanceOf(MessagingException.class);
                    return true;
                },
                MailConnection::noop);
    }

    private Failure failure(ScriptedServer.Script script) {
        return catchThrowableOfType(
                        FailureException.class,
                        () -> with(script, store -> {
                            Folder folder = store.getFolder("INBOX");
                            folder.open(Folder.READ_ONLY);
                            return folder.getMessage(1).getSubject();
                        }))
                .failure();
    }

    @Test
    void theServersOwnWordsOfARefusalAreTheFailure() {
        Failure failure = failure(peer -> {
            peer.answer("TAG NO [NONEXISTENT] there is no such folder");
            peer.answer("TAG OK list");
            leave(peer);
        });

        assertThat(failure).isInstanceOfSatisfying(Failure.CommandRejected.class, rejected -> {
            assertThat(rejected.command()).isEqualTo("EXAMINE");
            assertThat(rejected.text()).endsWith("NO [NONEXISTENT] there is no such folder");
            assertThat(rejected.stage()).isEqualTo(Phase.READY);
        });
    }

    @Test
    void aConnectionThatIsCutIsALostOne() {
        Failure failure = failure(peer -> {
            examined(peer);
            peer.hear();
            peer.send("* 1 FETCH (ENVELOPE (".getBytes(StandardCharsets.US_ASCII));
            peer.cut();
        });

        assertThat(failure).isInstanceOf(Failure.ConnectionLost.class);
    }

    @Test
    void aServerThatTakesItsLeaveIsNotWaitedFor() {
        Failure failure = failure(peer -> {
            examined(peer);
            peer.hear();
            peer.say("* BYE shutting down");
            peer.ignore();
        });

        assertThat(failure).isEqualTo(new Failure.ServerEnded(Phase.READY, "* BYE shutting down"));
    }

    @Test
    void whatCannotBeReadIsShown() {
        Failure failure = failure(peer -> {
            examined(peer);
            peer.answer("* 1 FETCH (ENVELOPE (((", "TAG OK fetched");
            peer.answer("TAG OK more");
            leave(peer);
        });

        assertThat(failure).isInstanceOfSatisfying(Failure.ProtocolViolation.class, violation -> {
            assertThat(violation.detail()).startsWith("an answer that Jakarta Mail cannot read");
            assertThat(violation.received()).isEqualTo("* 1 FETCH (ENVELOPE (((");
        });
    }

    /** Nobody else would see it: the library takes it for a reply. */
    @Test
    void aLossThatTheWorkDoesNotMindIsToldAllTheSame() {
        var thrown = catchThrowableOfType(
                FailureException.class,
                () -> with(ScriptedServer.Peer::cut, store -> {
                    assertThatThrownBy(() -> store.getFolder("INBOX").open(Folder.READ_ONLY))
                            .isInstanceOf(MessagingException.class);
                    return true;
                }));

        assertThat(thrown.failure()).isInstanceOf(Failure.ConnectionLost.class);
    }

    @Test
    void theLimitOfACommandIsAbsoluteAndToldAsItIsSet() {
        operation = Duration.ofMillis(700);

        Failure failure = failure(peer -> {
            examined(peer);
            peer.hear();
            while (!peer.left()) {
                peer.say("* OK still there");
            }
        });

        assertThat(failure).isEqualTo(new Failure.TimedOut(Phase.READY, operation));
    }

    @ParameterizedTest
    @ValueSource(strings = {"* 1 FETCH (BODY[] {1900000000}", "* 1 FETCH (ENVELOPE {1048577}"})
    void aLiteralThatNoHonestServerSendsIsNotTakenIntoMemory(String line) {
        Failure failure = failure(peer -> {
            examined(peer);
            peer.hear();
            peer.say(line);
            peer.ignore();
        });

        assertThat(failure).isInstanceOfAny(Failure.TooMuchReceived.class, Failure.ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 1 FETCH (ENVELOPE (",
                "* 1 FETCH (UID 7 FLAGS (",
                "* 1 FETCH (UID 7 ENVELOPE (\"Mon\" \"s\" (({\"a\" NIL {\"b\" \"c\")) NIL))",
                "* 1 FETCH (ENVELOPE (\"Mon\" NIL ((((((((\"",
                "* 1 FETCH (RFC822.SIZE -99999999999999999999 UID x FLAGS (\\",
                "* 99999999999999999999 FETCH (ENVELOPE NIL)",
                "* FETCH",
                "*",
                "\u0000\u0001 )))"
            })
    void whatTheLibraryCannotReadIsNoBugOfPosthorn(String line) {
        try {
            String subject = with(
                    peer -> {
                        examined(peer);
                        peer.answer(line, "TAG OK fetched");
                        peer.answer("TAG OK more");
                        leave(peer);
                    },
                    store -> {
                        Folder folder = store.getFolder("INBOX");
                        folder.open(Folder.READ_ONLY);
                        return String.valueOf(folder.getMessage(1).getSubject());
                    });
            assertThat(subject).isEqualTo("null");
        } catch (FailureException e) {
            assertThat(e.failure()).isInstanceOfAny(Failure.ProtocolViolation.class, Failure.ConnectionLost.class);
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void aBugOfTheWorkIsNotTheServers() {
        assertThatThrownBy(() -> with(peer -> peer.ignore(), _ -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }
}
