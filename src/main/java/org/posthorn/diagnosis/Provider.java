package org.posthorn.diagnosis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mail providers whose habits decide what a rejection means, where its words do not. Each is known by its host names, else by
 * the words of its greeting.
 */
enum Provider {
    GOOGLE("Google", PasswordKind.APP_PASSWORD, "gmail.com googlemail.com google.com", "gimap gpop gsmtp"),
    MICROSOFT(
            "Microsoft 365",
            PasswordKind.NONE,
            "outlook.com office365.com office.com hotmail.com live.com",
            "outlook.com"),
    YAHOO("Yahoo", PasswordKind.APP_PASSWORD, "yahoo.com yahoodns.net yahoo.co.jp", ""),
    AOL("AOL", PasswordKind.APP_PASSWORD, "aol.com", ""),
    APPLE("iCloud", PasswordKind.APP_PASSWORD, "mail.me.com icloud.com apple.com", "icloud"),
    FASTMAIL("Fastmail", PasswordKind.APP_PASSWORD, "fastmail.com messagingengine.com", ""),
    YANDEX("Yandex", PasswordKind.APP_PASSWORD, "yandex.com yandex.ru yandex.net", ""),
    MAIL_RU("Mail.ru", PasswordKind.APP_PASSWORD, "mail.ru", ""),
    QQ("QQ Mail", PasswordKind.APP_PASSWORD, "qq.com", ""),
    NETEASE("NetEase", PasswordKind.APP_PASSWORD, "163.com 126.com yeah.net", ""),
    GMX("GMX", PasswordKind.SWITCHED_ON_FIRST, "gmx.net gmx.com gmx.de gmx.at gmx.ch", ""),
    WEB_DE("WEB.DE", PasswordKind.SWITCHED_ON_FIRST, "web.de", ""),
    ZOHO("Zoho", PasswordKind.ACCOUNT, "zoho.com zoho.eu zoho.in zohomail.com zohomail.eu", "");

    /** Which password a mail program is let in with. */
    enum PasswordKind {
        /** The account's own. */
        ACCOUNT,
        /** The account's own, once mail programs have been allowed in the provider's web settings. */
        SWITCHED_ON_FIRST,
        /** One made for mail programs alone; the account's own is refused. */
        APP_PASSWORD,
        /** None: only tokens. */
        NONE
    }

    private final String label;
    private final PasswordKind password;
    private final String domains;
    private final String greetings;

    Provider(String label, PasswordKind password, String domains, String greetings) {
        this.label = label;
        this.password = password;
        this.domains = domains;
        this.greetings = greetings;
    }

    static Optional<Provider> ofHost(String host) {
        return Arrays.stream(values()).filter(p -> p.owns(host)).findFirst();
    }

    static Optional<Provider> ofGreeting(String greeting) {
        String lower = greeting.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(p -> words(p.greetings).anyMatch(lower::contains))
                .findFirst();
    }

    boolean owns(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return words(domains).anyMatch(domain -> lower.equals(domain) || lower.endsWith("." + domain));
    }

    private static Stream<String> words(String spaced) {
        return Arrays.stream(spaced.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    String label() {
        return label;
    }

    PasswordKind password() {
        return password;
    }
}
