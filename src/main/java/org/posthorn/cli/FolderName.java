package org.posthorn.cli;

/** The name of a folder as a person types it. */
final class FolderName {
    private FolderName() {}

    static void check(String typed) {
        if (typed.isEmpty() || typed.chars().anyMatch(Character::isISOControl)) {
            throw new UsageMistake("--folder takes the name of a folder, without control characters.");
        }
    }
}
