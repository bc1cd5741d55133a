package org.posthorn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a thread of Posthorn's or an open TCP socket behind. It looks into {@code /proc}: where
 * there is none (outside Linux), it looks at threads only.
 */
public final class NothingLeft implements BeforeAllCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(NothingLeft.class);
    private static final Duration END_OF_A_THREAD = Duration.ofSeconds(10);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        context.getStore(NAMESPACE).put(Sockets.class, new Sockets(sockets()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("posthorn")) {
                assertThat(thread.join(END_OF_A_THREAD))
                        .as("%s has ended", thread.getName())
                        .isTrue();
            }
        }
        Sockets before = context.getStore(NAMESPACE).get(Sockets.class, Sockets.class);
        assertThat(sockets()).as("open TCP sockets by their inodes").isSubsetOf(before.inodes());
    }

    private record Sockets(Set<String> inodes) {}

    private static Set<String> sockets() throws IOException {
        Set<String> own = new HashSet<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            Set<String> tcp = tcp();
            for (Path descriptor : descriptors()) {
                String target = target(descriptor);
                String inode = target.replaceFirst("^socket:\\[(\\d+)]$", "$1");
                if (!inode.equals(target) && tcp.contains(inode)) {
                    own.add(inode);
                }
            }
        }
        return own;
    }

    private static List<Path> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException _) {
            // Closed since it was listed, as the listing's own is.
            return "";
        }
    }

    private static Set<String> tcp() throws IOException {
        Set<String> inodes = new HashSet<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                for (String row : Files.readAllLines(Path.of(table))) {
                    inodes.add(row.strip().split(" +", -1)[9]);
                }
            }
        }
        return inodes;
    }
}
