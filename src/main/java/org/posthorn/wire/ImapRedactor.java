package org.posthorn.wire;

import org.posthorn.account.Secret;

final class ImapRedactor implements Redactor {
    private final SecretMask mask;

    ImapRedactor(SecretMask mask) {
        this.mask = mask;
    }

    @Override
    public String client(String line, int length) {
        return Secret.DOTS;
    }

    @Override
    public String server(String line, int length) {
        return mask.mask(line);
    }

    @Override
    public String note(String text) {
        return mask.mask(text);
    }
}
