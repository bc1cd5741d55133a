package org.posthorn.mailbox.bulk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts a message while it is read, and keeps what tells it apart. */
final class MessageIntake {
    /** In bytes. */
    static final int HEAD = 1024;

    /** In bytes; what stands in a longer header behind it is not looked at. */
    private static final int MOST_HEADER = 64 * 1024;

    private static final Pattern ID = Pattern.compile("<[!-~&&[^<>]][ -~&&[^<>]]{0,500}>");

    private final Quoting quoting;
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private boolean inHeader = true;
    private long size;

    MessageIntake(Quoting quoting) {
        this.quoting = quoting;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void take(FilePieces.Piece piece) {
        byte[] bytes = quoting.original(piece);
        digest.update(bytes);
        size += bytes.length;
        inHeader &= !piece.isEmptyLine();
        if (inHeader || header.size() < HEAD) {
            header.write(bytes, 0, Math.min(bytes.length, MOST_HEADER - header.size()));
        }
    }

    /** The message; a file of several keeps flags in fields of its header. */
    StoredMessage message(StoredMessage.Place place, String shown, List<String> known, Optional<Instant> received) {
        String fields = ("\r\n" + header.toString(StandardCharsets.ISO_8859_1)).split("\r\n\r\n", 2)[0];
        String unfolded = fields.replaceAll("\r\n[ \t]+", " ");
        Optional<String> id = field(unfolded, "Message-ID").flatMap(MessageIntake::id);
        List<String> flags = new ArrayList<>(known);
        if (quoting != Quoting.NONE) {
            String letters = field(unfolded, "Status").orElse("")
                    + field(unfolded, "X-Status").orElse("");
            flags.addAll(flags(letters));
        }
        return new StoredMessage(
                place,
                shown,
                quoting,
                size,
                HexFormat.of().formatHex(digest.digest()),
                id,
                id.isPresent() ? "" : head(),
                flags,
                received);
    }

    private static Optional<String> field(String fields, String name) {
        Matcher field = Pattern.compile("(?im)^" + name + ":(.*)$").matcher(fields);
        return field.find() ? Optional.of(field.group(1).strip()) : Optional.empty();
    }

    private static Optional<String> id(String text) {
        Matcher id = ID.matcher(text);
        return id.find() ? Optional.of(id.group()) : Optional.empty();
    }

    private static List<String> flags(String letters) {
        List<String> flags = new ArrayList<>();
        letters.chars().distinct().forEach(letter -> {
            switch (letter) {
                case 'R' -> flags.add("\\Seen");
                case 'A' -> flags.add("\\Answered");
                case 'F' -> flags.add("\\Flagged");
                case 'T' -> flags.add("\\Draft");
                case 'D' -> flags.add("\\Deleted");
                default -> {}
            }
        });
        return flags;
    }

    private String head() {
        byte[] bytes = header.toByteArray();
        int end = 0;
        while (end < Math.min(HEAD, bytes.length) && bytes[end] > 0) {
            end++;
        }
        return new String(Arrays.copyOf(bytes, end), StandardCharsets.US_ASCII);
    }
}
