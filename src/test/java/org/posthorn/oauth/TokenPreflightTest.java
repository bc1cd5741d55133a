package org.posthorn.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.OauthClient;
import org.posthorn.account.OauthEndpoints;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.timeline.TokenFacts;
import org.posthorn.timeline.TokenFacts.Mismatch;
import org.posthorn.timeline.TokenFacts.MismatchKind;

class TokenPreflightTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String GOOD =
            "'aud':'https://outlook.office.com','scp':'IMAP.AccessAsUser.All SMTP.Send','upn':'alice@contoso.test'";

    /** A token with these claims, single quotes for double ones; the signature is nobody's. */
    static Secret jwt(String claims) {
        return Secret.of(base64("{'alg':'RS256'}") + "." + base64("{" + claims + "}") + ".c2ln");
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static TokenFacts read(String claims) {
        return TokenReading.of(jwt(claims), Optional.empty());
    }

    private static List<Mismatch> mismatches(String claims, Protocol protocol, String host, String user) {
        return TokenPreflight.of(read(claims), Endpoint.of(protocol, host), user, Optional.empty(), NOW)
                .mismatches();
    }

    private static List<MismatchKind> kinds(String claims) {
        return mismatches(claims, Protocol.IMAP, "outlook.office365.com", "alice@contoso.test").stream()
                .map(Mismatch::kind)
                .toList();
    }

    @Test
    void readsWhatATokenSays() {
        TokenFacts token = read("'iss':'https://sts.test/','aud':['a','b'],'scp':'x y','scope':'y z','roles':['r'],"
                + "'nbf':1763892000,'exp':1763895600,'tid':'t','upn':'u@x','email':'e@x','appid':'client'");

        assertThat(token)
                .isEqualTo(new TokenFacts(
                        true,
                        Optional.of("https://sts.test/"),
                        List.of("a", "b"),
                        List.of("x", "y", "z"),
                        List.of("r"),
                        Optional.of(Instant.parse("2025-11-23T10:00:00Z")),
                        Optional.of(Instant.parse("2025-11-23T11:00:00Z")),
                        Optional.of("t"),
                        List.of("u@x", "e@x"),
                        Optional.of("client"),
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ya29.a0Af_opaque", "", "a.b.c", "e30.e30", "e30.bm90IGpzb24.x", "a.b.c.d.e", "e30.W10.x"})
    void callsOpaqueWhatCannotBeRead(String token) {
        assertThat(TokenReading.of(Secret.of(token), Optional.of(NOW))).isEqualTo(TokenFacts.opaque(Optional.of(NOW)));
    }

    @Test
    void readsOddClaimsWithoutStumbling() {
        assertThat(read("'aud':5,'exp':'soon','nbf':9e99,'scp':[1],'roles':'r','upn':''")
                        .audience())
                .isEmpty();
    }

    @Test
    void findsNothingWrongWithATokenThatGoesWithTheSettings() {
        assertThat(kinds(GOOD + ",'exp':" + NOW.plusSeconds(60).getEpochSecond()))
                .isEmpty();
    }

    @Test
    void findsAnExpiredTokenAndOneThatIsNotValidYetBeyondTheLeeway() {
        assertThat(kinds(GOOD + ",'exp':" + NOW.minusSeconds(59).getEpochSecond()))
                .isEmpty();
        assertThat(kinds(GOOD + ",'exp':" + NOW.minusSeconds(61).getEpochSecond()))
                .containsExactly(MismatchKind.EXPIRED);
        assertThat(kinds(GOOD + ",'nbf':" + NOW.plusSeconds(59).getEpochSecond()))
                .isEmpty();
        assertThat(kinds(GOOD + ",'nbf':" + NOW.plusSeconds(61).getEpochSecond()))
                .containsExactly(MismatchKind.NOT_YET_VALID);
    }

    @Test
    void findsATokenForAnotherResource() {
        assertThat(mismatches(
                        "'aud':'https://graph.microsoft.com','scp':'Mail.Read'",
                        Protocol.IMAP,
                        "Outlook.Office365.com",
                        ""))
                .containsExactly(new Mismatch(
                        MismatchKind.AUDIENCE, "https://graph.microsoft.com", "https://outlook.office.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://outlook.office.com/",
                "https://outlook.office365.com",
                "00000002-0000-0ff1-ce00-000000000000"
            })
    void takesEachNameOfTheMailService(String audience) {
        assertThat(kinds("'aud':'" + audience + "','scp':'IMAP.AccessAsUser.All'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, POP.AccessAsUser.All, IMAP.AccessAsUser.All",
        "POP3, IMAP.AccessAsUser.All, POP.AccessAsUser.All",
        "SMTP, IMAP.AccessAsUser.All, SMTP.Send"
    })
    void findsAMissingScope(Protocol protocol, String has, String wanted) {
        assertThat(mismatches(
                        "'aud':'https://outlook.office.com','scp':'" + has + "'", protocol, "smtp.office365.com", ""))
                .containsExactly(new Mismatch(MismatchKind.SCOPE, has, wanted));
    }

    @ParameterizedTest
    @CsvSource({"IMAP, IMAP.AccessAsApp", "POP3, POP.AccessAsApp", "SMTP, SMTP.SendAsApp"})
    void wantsARoleOfAnApplication(Protocol protocol, String wanted) {
        String application = "'aud':'https://outlook.office365.com','roles':['";
        assertThat(mismatches(application + wanted + "']", protocol, "outlook.office365.com", "bob"))
                .isEmpty();
        assertThat(mismatches(application + "Other']", protocol, "outlook.office365.com", "bob"))
                .containsExactly(new Mismatch(MismatchKind.SCOPE, "Other", wanted));
    }

    @Test
    void judgesNoAudienceOrScopeOfAServerItDoesNotKnow() {
        assertThat(mismatches("'aud':'account','scope':'openid'", Protocol.IMAP, "mail.example.org", "alice"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@contoso.test, true",
        "ALICE@contoso.TEST, true",
        "alice, true",
        "other@contoso.test, true",
        "bob@contoso.test, false",
        "ali, false",
        "alice@contoso.tes, false"
    })
    void comparesTheUserUnderAnyOfItsNames(String user, boolean fits) {
        String claims = "'upn':'alice@contoso.test','email':'other@contoso.test'";
        assertThat(mismatches(claims, Protocol.IMAP, "mail.example.org", user).isEmpty())
                .isEqualTo(fits);
    }

    @Test
    void findsATokenOfAnotherTenantThanTheSettingsName() {
        OauthClient client = OauthClient.none()
                .withEndpoints(OauthEndpoints.none()
                        .withToken(Optional.of("https://login.test/" + TENANT + "/oauth2/v2.0/token")));
        TokenFacts other = read("'tid':'99999999-2222-3333-4444-555555555555'");
        TokenFacts same = read("'tid':'" + TENANT + "'");
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.example.org");

        assertThat(TokenPreflight.of(other, endpoint, "a", Optional.of(client), NOW)
                        .mismatches())
                .containsExactly(new Mismatch(MismatchKind.TENANT, "99999999-2222-3333-4444-555555555555", TENANT));
        assertThat(TokenPreflight.of(same, endpoint, "a", Optional.of(client), NOW)
                        .mismatches())
                .isEmpty();
    }

    @Test
    void findsTheKnownEndOfAnOpaqueToken() {
        TokenFacts opaque = TokenFacts.opaque(Optional.of(NOW.minusSeconds(100)));
        assertThat(TokenPreflight.of(opaque, Endpoint.of(Protocol.IMAP, "imap.gmail.com"), "a", Optional.empty(), NOW)
                        .mismatches())
                .extracting(Mismatch::kind)
                .containsExactly(MismatchKind.EXPIRED);
    }
}
