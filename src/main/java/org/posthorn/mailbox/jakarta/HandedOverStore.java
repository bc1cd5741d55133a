package org.posthorn.mailbox.jakarta;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/** A store with one connection, which was handed to it, and no other. */
final class HandedOverStore extends IMAPStore {
    private static final String NOBODY = "posthorn";

    private final Dialogue dialogue;
    private final HandedOverProtocol protocol;
    private boolean taken;

    private HandedOverStore(Session session, Dialogue dialogue, HandedOverProtocol protocol) {
        super(session, new URLName("imap", NOBODY, -1, null, null, null));
        this.dialogue = dialogue;
        this.protocol = protocol;
    }

    /** Connected without a word. */
    static HandedOverStore on(Dialogue dialogue, List<String> capabilities) throws MessagingException, IOException {
        Properties settings = settings();
        HandedOverStore store = new HandedOverStore(
                Session.getInstance(settings), dialogue, new HandedOverProtocol(dialogue, settings, capabilities));
        store.connect(NOBODY, NOBODY, NOBODY);
        return store;
    }

    private static Properties settings() {
        Properties settings = new Properties();
        // A reader changes nothing: BODY.PEEK leaves \Seen as it is.
        settings.setProperty("mail.imap.peek", "true");
        settings.setProperty("mail.imap.fetchsize", String.valueOf(Dialogue.LONGEST_LITERAL / 4));
        // A sender that is no address is shown as it is; a strict reader drops the whole message.
        settings.setProperty("mail.mime.address.strict", "false");
        // It would be replaced by another after 45 seconds.
        settings.setProperty("mail.imap.connectionpooltimeout", String.valueOf(Integer.MAX_VALUE));
        return settings;
    }

    @Override
    protected IMAPProtocol newIMAPProtocol(String host, int port) throws IOException {
        if (taken) {
            throw dialogue.overstep(new IllegalStateException(
                    "an open folder has to be closed before the store is asked for something else"));
        }
        taken = true;
        return protocol;
    }
}
