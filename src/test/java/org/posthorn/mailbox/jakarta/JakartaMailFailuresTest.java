package org.posthorn.mailbox.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

/** What goes wrong while Jakarta Mail works is told as it is: the server's words, how the connection was lost, whose bug it was. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class JakartaMailFailuresTest {
    private final HandingOver handing = new HandingOver();

    @AfterEach
    void close() {
        handing.close();
    }

    private Failure failure(ScriptedServer.Script script) {
        return failure(handing, script);
    }

    private static Failure failure(HandingOver handing, ScriptedServer.Script script) {
        return catchThrowableOfType(
                        FailureException.class,
                        () -> handing.with(script, store -> {
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
            HandingOver.leave(peer);
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
            HandingOver.examined(peer);
            peer.hear();
            peer.send("* 1 FETCH (ENVELOPE (".getBytes(StandardCharsets.US_ASCII));
            peer.cut();
        });

        assertThat(failure).isInstanceOf(Failure.ConnectionLost.class);
    }

    @Test
    void aServerThatTakesItsLeaveIsNotWaitedFor() {
        Failure failure = failure(peer -> {
            HandingOver.examined(peer);
            peer.hear();
            peer.say("* BYE shutting down");
            peer.ignore();
        });

        assertThat(failure).isEqualTo(new Failure.ServerEnded(Phase.READY, "* BYE shutting down"));
    }

    @Test
    void whatCannotBeReadIsShown() {
        Failure failure = failure(peer -> {
            HandingOver.examined(peer);
            peer.answer("* 1 FETCH (ENVELOPE (((", "TAG OK fetched");
            peer.answer("TAG OK more");
            HandingOver.leave(peer);
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
                () -> handing.with(ScriptedServer.Peer::cut, store -> {
                    assertThatThrownBy(() -> store.getFolder("INBOX").open(Folder.READ_ONLY))
                            .isInstanceOf(MessagingException.class);
                    return true;
                }));

        assertThat(thrown.failure()).isInstanceOf(Failure.ConnectionLost.class);
    }

    @Test
    void theLimitOfACommandIsAbsoluteAndToldAsItIsSet() {
        Duration limit = Duration.ofMillis(700);
        try (HandingOver hurried = new HandingOver(false, limit)) {
            Failure failure = failure(hurried, peer -> {
                HandingOver.examined(peer);
                peer.hear();
                while (!peer.left()) {
                    peer.say("* OK still there");
                }
            });

            assertThat(failure).isEqualTo(new Failure.TimedOut(Phase.READY, limit));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"* 1 FETCH (BODY[] {1900000000}", "* 1 FETCH (ENVELOPE {1048577}"})
    void aLiteralThatNoHonestServerSendsIsNotTakenIntoMemory(String line) {
        Failure failure = failure(peer -> {
            HandingOver.examined(peer);
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
            String subject = handing.with(
                    peer -> {
                        HandingOver.examined(peer);
                        peer.answer(line, "TAG OK fetched");
                        peer.answer("TAG OK more");
                        HandingOver.leave(peer);
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
        assertThatThrownBy(() -> handing.with(peer -> peer.ignore(), _ -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }
}
