package org.posthorn.desktop.viewmodel.connection;

import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.mailbox.MessageDraft;

/**
 * A test message that is to be sent.
 *
 * @param mailbox where it is looked for afterwards; absent when it is not
 */
public record MessageOrder(Endpoint sender, MessageDraft draft, Optional<Endpoint> mailbox) {}
