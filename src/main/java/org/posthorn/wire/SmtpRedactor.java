package org.posthorn.wire;

import org.posthorn.account.Secret;

final class SmtpRedactor implements Redactor {
    private final SecretMask mask;

    SmtpRedactor(SecretMask mask) {
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
