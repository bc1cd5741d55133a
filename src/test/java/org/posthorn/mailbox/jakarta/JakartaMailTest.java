package org.posthorn.mailbox.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Quota;
import jakarta.mail.QuotaAwareStore;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.client.MailConnection;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.timeline.ConnectionState;

/** Jakarta Mail works on the connection that was handed to it, and on no other. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class JakartaMailTest {
    private final HandingOver handing = new HandingOver();

    @AfterEach
    void close() {
        handing.close();
    }

    @Test
    void readsFoldersQuotaAndMessagesAndAppendsOnTheOneConnection() throws Exception {
        List<String> seen = handing.with(
                peer -> {
                    peer.answer("* LIST (\\HasNoChildren) \"/\" INBOX", "* LIST () \"/\" Entw&APw-rfe", "TAG OK");
                    peer.answer("* QUOTAROOT INBOX \"user\"", "* QUOTA \"user\" (STORAGE 10 512)", "TAG OK");
                    peer.answer("* LIST () \"/\" INBOX", "TAG OK");
                    String append = peer.hear();
                    assertThat(append).contains("APPEND INBOX");
                    peer.bytes(Integer.parseInt(append.replaceAll(".*\\{(\\d+)\\+?}", "$1")));
                    peer.hear();
                    peer.say(append.split(" ", 2)[0] + " OK appended");
                    HandingOver.examined(peer);
                    peer.answer("* 1 FETCH (UID 7 BODY[]<0> {15}\r\nSubject: hi\r\n\r\n)", "TAG OK");
                    peer.answer("TAG OK closed");
                    HandingOver.leave(peer);
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
        assertThat(handing.log()).contains("BODY.PEEK[]").contains("* QUOTA \"user\" (STORAGE 10 512)");
    }

    @Test
    void theConnectionIsUsedOnAfterwards() throws Exception {
        handing.with(
                peer -> {
                    HandingOver.examined(peer);
                    // What comes unasked behind the reply is the next reader's.
                    String tag = peer.hear().split(" ", 2)[0];
                    peer.say(tag + " OK closed", "* 5 EXISTS");
                    peer.answer("TAG OK noop");
                    HandingOver.leave(peer);
                },
                store -> {
                    store.getFolder("INBOX").open(Folder.READ_ONLY);
                    return true;
                },
                connection -> {
                    connection.noop();
                    assertThat(connection.timeline().state()).isEqualTo(ConnectionState.READY);
                });

        assertThat(handing.log()).contains("* 5 EXISTS");
    }

    @Test
    void noSecondConnectionIsDialled() throws Exception {
        assertThatThrownBy(() -> handing.with(
                        peer -> {
                            HandingOver.examined(peer);
                            peer.answer("TAG OK closed");
                            HandingOver.leave(peer);
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
        try (HandingOver reading = new HandingOver(true, Duration.ofSeconds(40))) {
            reading.with(
                    peer -> {
                        HandingOver.examined(peer);
                        peer.answer("TAG OK closed");
                        HandingOver.leave(peer);
                    },
                    store -> {
                        store.getFolder("INBOX").open(Folder.READ_ONLY);
                        return true;
                    });
            assertThatThrownBy(() -> reading.with(HandingOver::leave, store -> {
                        store.getFolder("INBOX").open(Folder.READ_WRITE);
                        return true;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("read-only");
            assertThat(reading.log()).doesNotContain("SELECT");
        }
    }

    @Test
    void aRefusalIsToldInTheServersWordsAndBreaksNothing() throws Exception {
        handing.with(
                peer -> {
                    peer.answer("TAG NO [NONEXISTENT] there is no such folder");
                    peer.answer("TAG OK list");
                    peer.answer("TAG OK noop");
                    HandingOver.leave(peer);
                },
                store -> {
                    assertThatThrownBy(() -> store.getFolder("nope").open(Folder.READ_ONLY))
                            .isInstanceOf(MessagingException.class);
                    return true;
                },
                MailConnection::noop);
    }
}
