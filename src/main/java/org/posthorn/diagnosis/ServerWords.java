package org.posthorn.diagnosis;

import java.util.List;

/** What servers say when they refuse, whatever the phase and the provider. The more particular rule stands first. */
final class ServerWords {
    /** Reasons that concern the connection or the server, and not the login: they may come in any phase. */
    static final List<Rule> ANYWHERE = List.of(
            Rule.of(Cause.TOO_MANY_CONNECTIONS)
                    .codes("LIMIT")
                    .words(
                            "too many (?:\\w+ ){0,3}(?:connections|sessions)",
                            "max(?:imum|\\.)? (?:number of )?(?:\\w+ ){0,2}(?:connections|sessions)",
                            "(?:connections?|sessions?) (?:count |number )?(?:limit|exceed)",
                            "concurrent (?:\\w+ )?connections"),
            Rule.of(Cause.AUTH_RATE_LIMITED)
                    .words(
                            "too many (?:\\w+ ){0,2}(?:log-?in|auth\\w*|sign-?in|password)",
                            "(?:auth\\w*|log-?in) (?:\\w+ )?(?:rate|attempts?) (?:\\w+ )?(?:limit|exceed)",
                            "too many (?:\\w+ )?(?:attempts|failures|bad commands)",
                            "account (?:\\w+ ){0,3}locked",
                            "temporarily (?:locked|blocked)"),
            Rule.of(Cause.RATE_LIMITED)
                    .codes("LOGIN-DELAY")
                    .words(
                            "login[ -]delay",
                            "minimum time between",
                            "too (?:frequent|often|fast)",
                            "frequency",
                            "throttl",
                            "rate[ -]limit",
                            "slow down"),
            Rule.of(Cause.BANDWIDTH_QUOTA_EXCEEDED).words("bandwidth", "download (?:limit|quota|allowance)"),
            Rule.of(Cause.MAILBOX_IN_USE)
                    .codes("IN-USE", "INUSE")
                    .words(
                            "(?:mail ?box|mail ?drop|inbox|spool).{0,40}(?:lock|in use|busy|already open)",
                            "already locked",
                            "lock.{0,20}(?:busy|held|failed)"),
            Rule.of(Cause.CLIENT_HOST_REJECTED)
                    .codes("4.7.25", "5.7.25")
                    .words(
                            "reverse (?:dns|hostname|lookup)",
                            "\\brdns\\b",
                            "\\bptr\\b",
                            "cannot find your (?:\\w+ )?host"),
            Rule.of(Cause.CLIENT_IP_BANNED)
                    .words(
                            "(?:block|black|deny)[ -]?list",
                            "\\bbanned\\b",
                            "blocked using",
                            "(?:your|client|this) (?:ip|address|host)\\b.{0,60}(?:block|reject|den(?:y|ied)|not"
                                    + " allowed)",
                            "\\bip\\b.{0,40}block",
                            "reputation"));

    /** A refusal of plaintext; it counts only where TLS is not in force. */
    static final List<Rule> WITHOUT_TLS = List.of(Rule.of(Cause.ENCRYPTION_REQUIRED)
            .codes("PRIVACYREQUIRED", "538", "5.7.11")
            .words(
                    "must (?:issue|use|start|be) .{0,30}(?:tls|ssl|encrypt|secure)",
                    "\\b(?:starttls|stls|tls|ssl|encryption|encrypted|secure connection)\\b.{0,40}"
                            + "(?:required|first|mandatory|needed|necessary)",
                    "not (?:allowed|permitted|available)"
                            + " (?:until|before|without)\\b.{0,40}\\b(?:starttls|stls|tls|ssl)",
                    "(?:requires?|required|needs?|only|enable|over|without)\\b.{0,40}"
                            + "\\b(?:starttls|tls|ssl|encrypt\\w*|secure (?:connection|channel))",
                    "(?:plain ?text|clear ?text|plain text|unencrypted).{0,60}"
                            + "(?:disallow|not (?:allowed|permitted|supported)|disabled|forbidden|prohibited|refused)",
                    "non-secure|insecure connection|privacy required"));

    /** Reasons to refuse a login that say more than yes or no. */
    static final List<Rule> LOGIN = List.of(
            Rule.of(Cause.CLIENT_CERTIFICATE_REQUIRED)
                    .words("(?:client|valid) (?:\\w+ )?cert\\w*", "cert\\w* (?:\\w+ ){0,2}(?:required|missing)"),
            Rule.of(Cause.WEB_LOGIN_REQUIRED)
                    .codes("WEBALERT", "5.7.14")
                    .words("web log-?in required", "log ?in (?:via|with|through) (?:your )?(?:web )?browser"),
            Rule.of(Cause.APP_PASSWORD_REQUIRED)
                    .words(
                            "app(?:lication)?[- ](?:specific )?password",
                            "authori[sz]ation code",
                            "invalidsecondfactor",
                            "smtp credentials",
                            "授权码"),
            Rule.of(Cause.SMTP_AUTH_DISABLED)
                    .words("smtpclientauthentication is disabled", "smtp auth\\w* (?:is )?(?:disabled|not enabled)"),
            Rule.of(Cause.BASIC_AUTH_DISABLED)
                    .words(
                            "basic auth\\w* (?:is )?(?:\\w+ )?disabled",
                            "basicauthblocked",
                            "(?:only|requires?|use) (?:\\w+ )?oauth",
                            "oauth2? (?:is )?required"),
            Rule.of(Cause.OAUTH_TOKEN_EXPIRED)
                    .words(
                            "access ?token ?(?:has )?(?:is )?expired",
                            "expired access ?token",
                            "token (?:has |is )?expired"),
            Rule.of(Cause.OAUTH_MAILBOX_PERMISSION).words("authenticated but not connected"),
            Rule.of(Cause.SECURITY_POLICY_BLOCK)
                    .codes("CONTACTADMIN")
                    .words(
                            "did not meet the criteria",
                            "security defaults",
                            "conditional access",
                            "access policy",
                            "blocked by (?:\\w+ )?(?:policy|administrator)",
                            "contact your (?:\\w+ )?administrator",
                            "account(?: |_)(?:\\w+ ){0,3}(?:suspended|disabled|deactivated|blocked|inactive)"),
            Rule.of(Cause.PASSWORD_EXPIRED)
                    .codes("EXPIRED")
                    .words(
                            "password (?:\\w+ ){0,2}expired",
                            "expired password",
                            "must change (?:\\w+ )?password",
                            "change your password"),
            Rule.of(Cause.MAILBOX_PROTOCOL_DISABLED)
                    .words(
                            "\\b(?:imap|pop3?|smtp)\\b.{0,40}(?:disabled|not"
                                    + " (?:enabled|allowed|active|permitted|available|open)|deactivated|switched off)",
                            "not (?:enabled|allowed|permitted|authori[sz]ed)(?: \\w+){0,4} (?:imap|pop3?|smtp)\\b",
                            "(?:service|protocol|access)(?: \\w+){0,3} (?:disabled|not (?:enabled|open|active))",
                            "service is not open",
                            "user is suspended for"),
            Rule.of(Cause.USERNAME_FORMAT)
                    .words(
                            "full (?:e-?mail )?address",
                            "(?:user ?name|login) (?:\\w+ ){0,3}(?:format|must be|should be)",
                            "(?:domain|realm) (?:\\w+ )?(?:missing|required|not specified)"),
            Rule.of(Cause.CLOCK_WRONG).words("clock skew", "time skew", "clocks? (?:is|are) "),
            Rule.of(Cause.AUTH_SHOULD_BE_OFF).words("auth\\w* (?:is )?not (?:required|needed|necessary)"),
            Rule.of(Cause.AUTH_MECHANISM_MISMATCH, "said")
                    .codes("504", "5.7.4")
                    .words(
                            "(?:mechanism|auth(?:entication|entification)? (?:type|method|scheme))\\b.{0,40}(?:not"
                                + " (?:supported|available|allowed|enabled)|unsupported|unknown|unrecogni|invalid|too"
                                + " weak|disabled)",
                            "(?:unsupported|unrecogni[sz]ed|unknown|invalid|no such|disabled).{0,20}"
                                    + "(?:mechanism|auth(?:entication|entification)? (?:type|method|scheme))",
                            "too weak"),
            Rule.of(Cause.SERVER_SIDE_FAILURE)
                    .codes("UNAVAILABLE", "SERVERBUG", "SYS/TEMP", "SYS/PERM", "4.3.0", "4.3.5")
                    .words(
                            "temporar(?:y|ily) (?:\\w+ ){0,2}(?:failure|error|problem|unavailable)",
                            "internal (?:\\w+ )?(?:error|failure)",
                            "unable to authenticate at present",
                            "system (?:error|problem|failure)",
                            "(?:auth\\w*|service|server) (?:\\w+ ){0,3}(?:not available|unavailable)",
                            "\\b(?:ldap|kerberos|database|back-?end)\\b"));

    private ServerWords() {}
}
