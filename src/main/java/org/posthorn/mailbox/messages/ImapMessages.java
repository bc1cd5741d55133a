package org.posthorn.mailbox.messages;

import jakarta.mail.Address;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.account.Endpoint;
import org.posthorn.client.MailConnection;
import org.posthorn.client.imap.MailboxName;
import org.posthorn.mailbox.HeaderText;
import org.posthorn.mailbox.jakarta.JakartaMail;
import org.posthorn.timeline.FailureException;

/** Opened by EXAMINE, read by BODY.PEEK. */
final class ImapMessages implements MessageReader {
    private static final Map<Flags.Flag, String> FLAGS = Map.of(
            Flags.Flag.ANSWERED, "\\Answered",
            Flags.Flag.DELETED, "\\Deleted",
            Flags.Flag.DRAFT, "\\Draft",
            Flags.Flag.FLAGGED, "\\Flagged",
            Flags.Flag.RECENT, "\\Recent",
            Flags.Flag.SEEN, "\\Seen");

    private final Endpoint endpoint;
    private final MailConnection connection;
    private final MailboxName name;

    ImapMessages(Endpoint endpoint, MailConnection connection, MailboxName name) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.name = name;
    }

    private interface Reading<T> {
        T read(Folder folder, UnaryOperator<String> masked) throws MessagingException, IOException;
    }

    private <T> T read(Reading<T> reading) throws FailureException {
        return connection.perform((_, transport) -> {
            try {
                return new JakartaMail(endpoint, connection, transport)
                        .run(store -> reading.read(opened(store), transport::masked));
            } catch (IOException e) {
                throw new UncheckedIOException("nothing but the connection is read", e);
            }
        });
    }

    private Folder opened(Store store) throws MessagingException {
        Folder folder = store.getFolder(name.text());
        folder.open(Folder.READ_ONLY);
        return folder;
    }

    @Override
    public FolderContent latest(int most) throws FailureException {
        return read((folder, masked) -> {
            int count = folder.getMessageCount();
            Message[] messages = count == 0 ? new Message[0] : folder.getMessages(Math.max(1, count - most + 1), count);
            folder.fetch(messages, profile());
            return content(folder, messages, masked);
        });
    }

    /** One that is odd hides no other; when all of them are, it is the server. */
    private FolderContent content(Folder folder, Message[] messages, UnaryOperator<String> masked)
            throws MessagingException {
        List<MessageSummary> latest = new ArrayList<>();
        List<MessagingException> unreadable = new ArrayList<>();
        for (Message message : messages) {
            try {
                latest.addFirst(summary(folder, message, masked));
            } catch (MessageRemovedException _) {
                // It was there a moment ago.
            } catch (MessagingException e) {
                unreadable.add(e);
            }
        }
        if (latest.isEmpty() && !unreadable.isEmpty()) {
            throw unreadable.getFirst();
        }
        return new FolderContent(name.text(), folder.getMessageCount(), latest, unreadable.size());
    }

    private static FetchProfile profile() {
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(UIDFolder.FetchProfileItem.UID);
        return profile;
    }

    private static MessageSummary summary(Folder folder, Message message, UnaryOperator<String> masked)
            throws MessagingException {
        int size = message.getSize();
        return new MessageSummary(
                String.valueOf(((UIDFolder) folder).getUID(message)),
                Optional.ofNullable(message.getReceivedDate()).map(Date::toInstant),
                masked.apply(from(message)),
                masked.apply(HeaderText.read(
                        Optional.ofNullable(message.getSubject()).orElse(""))),
                masked.apply(Optional.ofNullable(((MimeMessage) message).getMessageID())
                        .orElse("")),
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                flags(message.getFlags()));
    }

    private static String from(Message message) throws MessagingException {
        Address[] from = Optional.ofNullable(message.getFrom()).orElse(new Address[0]);
        return Arrays.stream(from)
                .map(address -> address instanceof InternetAddress known ? known.toUnicodeString() : address.toString())
                .map(HeaderText::read)
                .collect(Collectors.joining(", "));
    }

    private static List<String> flags(Flags flags) {
        return Stream.concat(
                        Arrays.stream(flags.getSystemFlags()).map(flag -> FLAGS.getOrDefault(flag, "")),
                        Arrays.stream(flags.getUserFlags()))
                .filter(word -> !word.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public boolean copy(String id, Consumer<byte[]> source) throws FailureException {
        return read((folder, _) -> {
            Optional<Message> message = id.matches("[1-9]\\d{0,9}")
                    ? Optional.ofNullable(((UIDFolder) folder).getMessageByUID(Long.parseLong(id)))
                    : Optional.empty();
            if (message.isPresent()) {
                message.get().writeTo(new Pieces(source));
            }
            return message.isPresent();
        });
    }

    private static final class Pieces extends OutputStream {
        private final Consumer<byte[]> source;

        Pieces(Consumer<byte[]> source) {
            this.source = source;
        }

        @Override
        public void write(int b) {
            source.accept(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            source.accept(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }
}
