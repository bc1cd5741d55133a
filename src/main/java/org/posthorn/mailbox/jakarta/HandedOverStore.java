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

    private final HandedOverProtocol protocol;
    private boolean taken;
    private boolean wantedAnother;

    private HandedOverStore(Session session, HandedOverProtocol protocol) {
        super(session, new URLName("imap", NOBODY, -1, null, null, null));
        this.protocol = protocol;
    }

    /** Connected without a word. */
    static HandedOverStore on(Dialogue dialogue, List<String> capabilities) throws MessagingException, IOException {
        Properties settings = settings();
        HandedOverStore store = new HandedOverStore(
                Session.getInstance(settings), new HandedOverProtocol(dialogue, settings, capabilities));
        store.connect(NOBODY, NOBODY, NOBODY);
        return store;
    }

    /** Whether something was asked for that needs a second connection. */
    boolean wantedAnother() {
        return wantedAnother;
    }

    private static Properties settings() {
        Properties settings = new Properties();
        // A reader changes nothing: BODY.PEEK leaves \Seen as it is.
        settings.setProperty("mail.imap.peek", "true");
        settings.setProperty("mail.imap.fetchsize", String.valueOf(Dialogue.LONGEST_LITERAL / 4));
        // It would be replaced by another after 45 seconds.
        settings.setProperty("mail.imap.connectionpooltimeout", String.valueOf(Integer.MAX_VALUE));
        return settings;
    }

    @Override
    protected IMAPProtocol newIMAPProtocol(String host, int port) throws IOException {
        if (taken) {
            wantedAnother = true;
            throw new IOException("there is one connection");
        }
        taken = true;
        return protocol;
    }
}
