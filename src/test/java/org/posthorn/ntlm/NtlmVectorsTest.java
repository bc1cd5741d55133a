package org.posthorn.ntlm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of [MS-NLMP] §4.2, and of RFC 1320. */
class NtlmVectorsTest {
    private static final NtlmUser USER = new NtlmUser("Domain", "User");
    private static final byte[] SERVER_CHALLENGE = hex("0123456789abcdef");
    private static final byte[] CLIENT_CHALLENGE = hex("aaaaaaaaaaaaaaaa");
    private static final byte[] TARGET_INFO =
            hex("02000c00 44006f006d00610069006e00 01000c00 530065007200760065007200 00000000");

    @ParameterizedTest
    @CsvSource({
        "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
        "a, bde52cb31de33e46245e05fbdbd6fb24",
        "abc, a448017aaf21d8525fc10ae87aa6729d",
        "abcdefghijklmnopqrstuvwxyz, d79e1c308aa5bbcdeea8ed63df412da9",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890,"
                + " e33b4ddc9c38f2199c3e7b164fcc0536"
    })
    void digestsAsInRfc1320(String text, String digest) {
        assertThat(Md4.digest(text.getBytes(US_ASCII))).isEqualTo(hex(digest));
    }

    @Test
    void answersAsInSection422() {
        assertThat(NtlmResponse.ntHash("Password")).isEqualTo(hex("a4f49c406510bdcab6824ee7c30fd852"));

        NtlmResponse response = NtlmResponse.v1("Password", SERVER_CHALLENGE);

        assertThat(response.nt()).isEqualTo(hex("67c43011f30298a2ad35ece64f16331c44bdbed927841f94"));
        assertThat(response.lanManager()).isEqualTo(response.nt());
    }

    @Test
    void answersAsInSection424() {
        assertThat(NtlmResponse.ntHashV2(USER, "Password")).isEqualTo(hex("0c868a403bfd7a93a3001ef22ef02e3f"));

        NtlmResponse response = NtlmResponse.v2(USER, "Password", SERVER_CHALLENGE, CLIENT_CHALLENGE, 0, TARGET_INFO);

        assertThat(response.lanManager()).isEqualTo(hex("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"));
        assertThat(Arrays.copyOf(response.nt(), 16)).isEqualTo(hex("68cd0ab851e51c96aabc927bebef6a1c"));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
