package org.posthorn.mailbox;

import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Reads an attachment as often as it is asked for, each time alike; a file is read once, before anything is sent. */
final class AttachmentSource implements DataSource {
    private static final long SEED = 0x706f7374;

    private final String name;
    private final Supplier<InputStream> content;

    private AttachmentSource(String name, Supplier<InputStream> content) {
        this.name = name;
        this.content = content;
    }

    static AttachmentSource of(Attachment attachment) throws IOException {
        return switch (attachment) {
            case Attachment.Generated(long bytes) ->
                new AttachmentSource("posthorn-" + bytes + ".bin", () -> new RandomBytes(bytes));
            case Attachment.File(var path) -> {
                byte[] bytes = Files.readAllBytes(path);
                yield new AttachmentSource(String.valueOf(path.getFileName()), () -> new ByteArrayInputStream(bytes));
            }
        };
    }

    /** Why it cannot go with a message. */
    static Optional<String> problem(Attachment attachment) {
        return switch (attachment) {
            case Attachment.Generated(long bytes) -> size(bytes);
            case Attachment.File(var path) -> {
                if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                    yield Optional.of("there is no file that can be read at " + path + ".");
                }
                try {
                    yield size(Files.size(path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static Optional<String> size(long bytes) {
        return bytes < 0 || bytes > Attachment.LARGEST
                ? Optional.of("an attachment has at most " + Attachment.LARGEST / (1024 * 1024) + " MB.")
                : Optional.empty();
    }

    @Override
    public InputStream getInputStream() {
        return content.get();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("an attachment is only read");
    }

    @Override
    public String getContentType() {
        return "application/octet-stream";
    }

    @Override
    public String getName() {
        return name;
    }

    /** The same bytes each time, so that a message has one size. */
    private static final class RandomBytes extends InputStream {
        private final SplittableRandom random = new SplittableRandom(SEED);
        private long left;

        RandomBytes(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? random.nextInt(256) : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            byte[] next = new byte[count];
            random.nextBytes(next);
            System.arraycopy(next, 0, bytes, offset, count);
            left -= count;
            return count;
        }
    }
}
