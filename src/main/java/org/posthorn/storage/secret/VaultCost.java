package org.posthorn.storage.secret;

/**
 * What a guess of the passphrase costs (Argon2id, RFC 9106).
 *
 * @param memory in KiB
 * @param passes over the memory
 * @param lanes that can be computed side by side
 */
record VaultCost(int memory, int passes, int lanes) {
    /** Beyond it a file would rather stop the machine than guard anything. */
    private static final int MOST_MEMORY = 1024 * 1024;

    private static final int MOST_PASSES = 100;
    private static final int MOST_LANES = 16;

    /** 64 MiB, three passes: the second recommended choice of RFC 9106 §4, with one lane. */
    static VaultCost usual() {
        return new VaultCost(64 * 1024, 3, 1);
    }

    boolean isReasonable() {
        return lanes >= 1
                && lanes <= MOST_LANES
                && memory >= 8 * lanes
                && memory <= MOST_MEMORY
                && passes >= 1
                && passes <= MOST_PASSES;
    }
}
