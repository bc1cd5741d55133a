package org.posthorn.storage;

import java.nio.file.Path;
import java.time.Clock;

/** A program of its own that writes accounts: a file, a name, how many; it says each that is on disk. */
final class AccountWriter {
    private AccountWriter() {}

    public static void main(String[] arguments) {
        AccountFile file = new AccountFile(Path.of(arguments[0]), Clock.systemUTC());
        int count = Integer.parseInt(arguments[2]);
        for (int number = 0; number < count; number++) {
            String name = arguments[1] + number;
            switch (file.put(Samples.account(name))) {
                case Saved.Written _ -> System.out.println(name);
                case Saved.Refused(String sentence) -> {
                    System.out.println(sentence);
                    return;
                }
            }
        }
    }
}
