package org.posthorn.wire;

import java.util.Collection;
import java.util.List;
import org.posthorn.account.Secret;

/** The last line of defence: hides known secrets wherever they stand in a text. */
public final class SecretMask {
    private final List<Secret> secrets;

    public SecretMask(Collection<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    public static SecretMask none() {
        return new SecretMask(List.of());
    }

    public String mask(String text) {
        String masked = text;
        for (Secret secret : secrets) {
            masked = secret.isEmpty() ? masked : masked.replace(secret.reveal(), Secret.DOTS);
        }
        return masked;
    }
}
