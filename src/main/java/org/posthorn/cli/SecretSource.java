package org.posthorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.account.Secret;

/**
 * One of three ways to hand over a secret, none of which another user of the machine can read.
 *
 * @param prefix how its options begin, {@code --password} for example
 */
record SecretSource(
        String prefix, @Nullable String variable, @Nullable Path file, boolean standardInput) {
    private static final int LONGEST = 64 * 1024;

    Optional<Secret> read(Console console) {
        Optional<Secret> secret = given(console);
        if (secret.filter(Secret::isEmpty).isPresent()) {
            throw new UsageMistake(option() + " is given, but what it names is empty; put the secret there.");
        }
        return secret;
    }

    private String option() {
        return prefix + (variable != null ? "-env" : file != null ? "-file" : "-stdin");
    }

    private Optional<Secret> given(Console console) {
        if (variable != null) {
            return Optional.of(inVariable(variable, console));
        }
        if (file != null) {
            return Optional.of(inFile(file));
        }
        return standardInput ? Optional.of(onStandardInput(console)) : Optional.empty();
    }

    private Secret inVariable(String name, Console console) {
        return Optional.ofNullable(console.environment().get(name))
                .map(Secret::of)
                .orElseThrow(() -> new UsageMistake(prefix + "-env names a variable that is not set."));
    }

    private Secret inFile(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return withoutLineEnd(in, prefix + "-file");
        } catch (IOException _) {
            throw new UsageMistake(prefix + "-file names a file that cannot be read: " + path + ".");
        }
    }

    private Secret onStandardInput(Console console) {
        try {
            return withoutLineEnd(console.in(), prefix + "-stdin");
        } catch (IOException _) {
            throw new UsageMistake(prefix + "-stdin: standard input cannot be read.");
        }
    }

    /** One line end at the end is the editor's or the shell's and not the secret's. */
    private static Secret withoutLineEnd(InputStream in, String option) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new UsageMistake(option + " holds more than a secret: it is longer than 64 KiB.");
        }
        return Secret.of(text(bytes, option).replaceFirst("\\r?\\n\\z", ""));
    }

    private static String text(byte[] bytes, String option) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new UsageMistake(option + " does not hold a secret: it is not text in UTF-8.");
        }
    }
}
