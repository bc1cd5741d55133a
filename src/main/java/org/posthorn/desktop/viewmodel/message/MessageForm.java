package org.posthorn.desktop.viewmodel.message;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.posthorn.client.smtp.DeliveryStatus;
import org.posthorn.mailbox.Attachment;
import org.posthorn.mailbox.DraftField;
import org.posthorn.mailbox.MessageDraft;

/** What a person types of a test message. */
public final class MessageForm {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([kKmM]?)[bB]?");

    private final StringProperty from = new SimpleStringProperty("");
    private final StringProperty to = new SimpleStringProperty("");
    private final StringProperty cc = new SimpleStringProperty("");
    private final StringProperty bcc = new SimpleStringProperty("");
    private final StringProperty subject;
    private final StringProperty body;
    private final StringProperty attachment = new SimpleStringProperty("");
    private final BooleanProperty notification = new SimpleBooleanProperty();
    private final BooleanProperty roundTrip = new SimpleBooleanProperty();

    MessageForm() {
        MessageDraft usual = MessageDraft.of("", List.of());
        subject = new SimpleStringProperty(usual.subject());
        body = new SimpleStringProperty(usual.body());
    }

    /** The fields of one line by their names, in their order. */
    public Map<String, StringProperty> lines() {
        Map<String, StringProperty> lines = new LinkedHashMap<>();
        for (DraftField field : DraftField.values()) {
            if (field != DraftField.NOTIFICATION) {
                lines.put(field.label(), textProperty(field));
            }
        }
        return lines;
    }

    /** The text of a field of one line. */
    public StringProperty textProperty(DraftField field) {
        return switch (field) {
            case FROM -> from;
            case TO -> to;
            case CC -> cc;
            case BCC -> bcc;
            case SUBJECT -> subject;
            // A size such as 500k, or the path of a file.
            case ATTACHMENT -> attachment;
            case NOTIFICATION -> throw new IllegalArgumentException("not a text");
        };
    }

    public StringProperty bodyProperty() {
        return body;
    }

    /** Whether notifications of success, failure and delay are asked for. */
    public BooleanProperty notificationProperty() {
        return notification;
    }

    /** Whether the message is looked for afterwards, and deleted. */
    public BooleanProperty roundTripProperty() {
        return roundTrip;
    }

    MessageDraft draft() {
        return MessageDraft.of(from.get().strip(), addresses(to))
                .withCopies(addresses(cc), addresses(bcc))
                .withSubject(subject.get())
                .withBody(body.get())
                .withAttachment(attachment())
                .withStatus(status());
    }

    private static List<String> addresses(StringProperty typed) {
        return Stream.of(typed.get().split("[,;\\n]", -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private Optional<Attachment> attachment() {
        String typed = attachment.get().strip();
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        Matcher size = SIZE.matcher(typed);
        return Optional.of(size.matches() ? generated(size) : new Attachment.File(Path.of(typed)));
    }

    private static Attachment generated(Matcher size) {
        long unit = switch (size.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1024;
            case "m" -> 1024 * 1024;
            default -> 1;
        };
        return new Attachment.Generated(Long.parseLong(size.group(1)) * unit);
    }

    private DeliveryStatus status() {
        return notification.get()
                ? new DeliveryStatus(
                        Optional.of(DeliveryStatus.Returned.HDRS),
                        Optional.empty(),
                        Set.of(
                                DeliveryStatus.Notify.SUCCESS,
                                DeliveryStatus.Notify.FAILURE,
                                DeliveryStatus.Notify.DELAY),
                        false)
                : DeliveryStatus.unasked();
    }
}
