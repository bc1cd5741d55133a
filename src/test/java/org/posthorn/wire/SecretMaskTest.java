package org.posthorn.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Secret;

class SecretMaskTest {
    private static SecretMask mask(String... secrets) {
        return new SecretMask(Stream.of(secrets).map(Secret::of).toList());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void hidesEachOccurrence() {
        assertThat(mask("geheim", "tok-en").mask("geheim, ungeheim and tok-engeheim!"))
                .isEqualTo("••••••, un•••••• and ••••••!");
    }

    @Test
    void leavesOtherTextAsItIs() {
        String text = "Nothing 100% secret: dGVzdA== %zz %4";
        assertThat(mask("geheim").mask(text)).isSameAs(text);
        assertThat(SecretMask.none().mask(text)).isSameAs(text);
    }

    @Test
    void hidesQuotedForms() {
        assertThat(mask("a\"b\\c").mask("x \"a\\\"b\\\\c\" y")).isEqualTo("x \"••••••\" y");
        assertThat(mask("a\"b\\c").mask("x \"a\\\"b\\c\" y")).isEqualTo("x \"••••••\" y");
    }

    @Test
    void hidesWholeBlobsThatHoldTheSecretAtAnyPlace() {
        for (String before : List.of("", "a", "ab", "abc", "alice\0", "\0alice\0")) {
            for (String after : List.of("", "x", "xy", "xyz")) {
                String blob = base64(before + "geheim" + after);
                assertThat(mask("geheim").mask("AUTH " + blob + ".")).isEqualTo("AUTH ••••••.");
            }
        }
    }

    @Test
    void hidesBlobsOfTheUrlAlphabet() {
        String secret = "??>>ÿÿ~~";
        String blob = Base64.getUrlEncoder().withoutPadding().encodeToString(("x" + secret).getBytes(UTF_8));
        assertThat(mask(secret).mask("t=" + blob)).isEqualTo("t=••••••");
    }

    @Test
    void hidesPercentEncodedForms() {
        SecretMask mask = mask("pä ss%w");
        assertThat(mask.mask("u=p%C3%A4%20ss%25w&x")).isEqualTo("u=••••••&x");
        assertThat(mask.mask("u=p%c3%a4+ss%25w&x")).isEqualTo("u=••••••&x");
        assertThat(mask.mask("u=%70%C3%A4%20%73%73%25%77&x")).isEqualTo("u=••••••&x");
        assertThat(mask.mask("u=p%E4%20ss%25w&x")).isEqualTo("u=••••••&x");
        assertThat(mask("geheim").mask("b=" + base64("xxgeheim??>").replace("=", "%3D") + "&c"))
                .isEqualTo("b=••••••&c");
    }

    @Test
    void hidesHexadecimalForms() {
        assertThat(mask("geheim").mask("x67656865696d 67656865696D")).isEqualTo("x•••••• ••••••");
    }

    @Test
    void hidesBytesOfAnotherCharacterSetAlsoWhenTheyAreShown() {
        byte[] latin = "pässwörd".getBytes(ISO_8859_1);
        String decoded = WireText.decode(latin, 0, latin.length);
        assertThat(mask("pässwörd").mask(decoded)).isEqualTo("••••••");
        assertThat(mask("pässwörd").mask(WireText.show(decoded))).isEqualTo("••••••");
        assertThat(mask("pässwörd").mask(Base64.getEncoder().encodeToString(latin)))
                .isEqualTo("••••••");
    }

    @Test
    void hidesNormalizedAndTrimmedForms() {
        SecretMask mask = mask("\ufb01xpa\u0308ss");
        assertThat(mask.mask("\ufb01xp\u00e4ss fixp\u00e4ss \ufb01xpa\u0308ss")).isEqualTo("•••••• •••••• ••••••");
        assertThat(mask(" geheim\n").mask("geheim")).isEqualTo("••••••");
    }

    @Test
    void hidesThePartsOfASecretWithLineBreaks() {
        assertThat(mask("first\nsecond").mask("second first")).isEqualTo("•••••• ••••••");
    }

    @Test
    void hidesControlCharactersAsTheyAreShown() {
        assertThat(mask("ge\theim").mask("x ge\\theim ge\theim")).isEqualTo("x •••••• ••••••");
    }

    @Test
    void leavesSecretsTooShortToBeLookedFor() {
        assertThat(mask("abc", "").mask("abc abc")).isEqualTo("abc abc");
        assertThat(mask("abcd").mask("abcd")).isEqualTo("••••••");
    }

    @Test
    void hidesOverlappingSecretsWhole() {
        assertThat(mask("abcdef", "defghi").mask("xabcdefghiy")).isEqualTo("x••••••y");
        assertThat(mask("aaaa").mask("baaaaaab")).isEqualTo("b••••••b");
    }
}
