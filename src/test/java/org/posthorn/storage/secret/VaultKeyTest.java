package org.posthorn.storage.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Secret;

class VaultKeyTest {

    /** A vector of Argon2's reference implementation: its test.c, version 0x13, Argon2id, 64 MiB, two passes, one lane. */
    @Test
    void isTheKeyThatArgon2sReferenceImplementationMakes() throws Exception {
        byte[] key = HexFormat.of().parseHex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));

        VaultKey made = VaultKey.of(Secret.of("password"), new VaultCost(64 * 1024, 2, 1), bytes("somesalt"));

        assertThat(made.check()).isEqualTo(mac.doFinal(bytes("Posthorn vault")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
