package org.posthorn.storage.secret;

import java.util.Arrays;
import java.util.List;
import org.posthorn.account.Protocol;

/**
 * Which secret is meant. An account's name is no part of it, so that renaming loses nothing.
 *
 * @param account the account's id
 */
public record SecretKey(String account, Protocol protocol, SecretField field) {

    /** Every secret that an account can have. */
    public static List<SecretKey> all(String account) {
        return Arrays.stream(Protocol.values())
                .flatMap(protocol ->
                        Arrays.stream(SecretField.values()).map(field -> new SecretKey(account, protocol, field)))
                .toList();
    }

    /** The name within the account. */
    String place() {
        return protocol.word() + "/" + field.word();
    }

    /** The name among all accounts. */
    String name() {
        return account + "/" + place();
    }
}
