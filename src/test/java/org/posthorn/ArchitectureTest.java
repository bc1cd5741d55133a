package org.posthorn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Every arrow and every ban of the architecture. A rule that is not here is a wish. */
class ArchitectureTest {

    /** Whom each package may use, itself and its subpackages aside. A package that is missing here may not exist. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("account", Set.of()),
            Map.entry("timeline", Set.of("account")),
            Map.entry("wire", Set.of("account", "timeline")),
            Map.entry("ntlm", Set.of("account")),
            Map.entry("transport", Set.of("account", "timeline", "wire", "ntlm")),
            Map.entry("sasl", Set.of("account", "timeline", "wire", "transport", "ntlm")),
            Map.entry("oauth", Set.of("account", "timeline", "wire", "transport")),
            Map.entry("client", Set.of("account", "timeline", "wire", "transport", "sasl", "oauth")),
            Map.entry("mailbox", Set.of("account", "timeline", "wire", "transport", "sasl", "oauth", "client")),
            Map.entry("diagnosis", Set.of("account", "timeline", "wire", "transport", "sasl", "oauth", "client")),
            Map.entry("discovery", Set.of("account", "timeline", "wire", "transport")),
            Map.entry("release", Set.of("account", "timeline", "wire", "transport")),
            Map.entry("storage", Set.of("account")),
            Map.entry("demo", Set.of("account")),
            Map.entry("cli", below("cli")),
            Map.entry("desktop.viewmodel", below("desktop.viewmodel")),
            Map.entry(
                    "desktop.view", Set.of("account", "timeline", "wire", "diagnosis", "release", "desktop.viewmodel")),
            Map.entry("desktop", below("desktop", "desktop.viewmodel", "desktop.view")),
            Map.entry("", Set.of("account", "cli", "desktop")));

    /** Everybody who may open a {@link org.posthorn.account.Secret}: exactly these, named below org.posthorn. */
    private static final Set<String> REVEALERS = Set.of(
            // What is shown or stored is searched for it, to be replaced by dots.
            "wire.SecretMask",
            // The mechanisms and login commands that send it.
            "sasl.PlainMechanism",
            "sasl.LoginMechanism",
            "sasl.BearerMechanism",
            "sasl.CramMd5Mechanism",
            "sasl.DigestMd5Mechanism",
            "sasl.ScramMechanism",
            "ntlm.NtlmExchange",
            // The requests for tokens, and the claims of a token.
            "oauth.TokenEndpoint",
            "oauth.AuthorizationCodeFlow",
            "oauth.TokenReading",
            "client.imap.LoginCommand",
            "client.pop3.Apop",
            "client.pop3.Pop3Engine",
            // The key of a client certificate.
            "transport.tls.ClientKeyFile",
            "transport.tls.PemKey",
            // Where it is kept: the systems' keychains and the vault.
            "storage.keychain.Libsecret",
            "storage.keychain.MacKeychain",
            "storage.keychain.WindowsKeychain",
            "storage.secret.VaultContent",
            "storage.secret.VaultKey",
            // The logins of proxies.
            "transport.proxy.Socks5Dialogue",
            "transport.proxy.ProxyAuthorization",
            "transport.proxy.DigestAuthorization");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.posthorn");

    private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter().importPackages("org.posthorn");

    private static Set<String> below(String... above) {
        Set<String> all = new TreeSet<>(Set.of(
                "account",
                "timeline",
                "wire",
                "transport",
                "sasl",
                "oauth",
                "client",
                "mailbox",
                "diagnosis",
                "discovery",
                "release",
                "storage",
                "demo"));
        all.addAll(Arrays.asList(above));
        return all;
    }

    @Test
    void usesFollowTheArrows() {
        List<String> againstTheArrows = MAIN.stream()
                .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOurs(dependency.getTargetClass()))
                .filter(dependency -> !isAllowed(dependency))
                .map(Dependency::getDescription)
                .toList();

        assertThat(againstTheArrows).isEmpty();
    }

    @Test
    void everyPackageStandsInTheArrows() {
        assertThat(MAIN.stream().map(ArchitectureTest::topLevel).distinct())
                .isSubsetOf(Arrays.asList(ARROWS.keySet().stream()
                        .map(room -> room.replaceFirst("\\..*", ""))
                        .distinct()
                        .toArray(String[]::new)));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching("org.posthorn.(**)").should().beFreeOfCycles(), MAIN);
    }

    @Test
    void everyPackageSaysWhyItExistsAndKnowsNoNulls() {
        List<String> silent = MAIN.stream()
                .filter(type -> !type.getPackageName().isEmpty())
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> each.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
                .map(each -> each.getName())
                .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void namesAreTheDomainsWords() {
        String fillers = "util|utils|common|helper|helpers|core|impl|misc|manager|managers";
        holds(
                noClasses()
                        .should()
                        .haveNameMatching("org\\.posthorn\\.(.*\\.)?(" + fillers + ")\\..*")
                        .orShould()
                        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                        .orShould()
                        .haveNameMatching("(.*[.$])?(Abstract.*|I[A-Z].*)"),
                MAIN_AND_TESTS);
    }

    @Test
    void javafxStaysInTheDesktop() {
        onlyIn("javafx..", "org.posthorn.desktop..");
    }

    @Test
    void viewModelsKnowNoScene() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("org.posthorn.desktop.viewmodel..")
                        .should()
                        .dependOnClassesThat(resideInAPackage("javafx..")
                                .and(DescribedPredicate.not(
                                        resideInAnyPackage("javafx.beans..", "javafx.collections..")))),
                MAIN);
    }

    @Test
    void librariesStayInTheirPackages() {
        onlyIn("jakarta.mail..", "org.posthorn.mailbox..");
        onlyIn("org.eclipse.angus..", "org.posthorn.mailbox..");
        onlyIn("com.icegreen..", "org.posthorn.demo..");
        onlyIn("picocli..", "org.posthorn.cli..");
        String[] readers = {
            "org.posthorn.storage..",
            "org.posthorn.cli..",
            "org.posthorn.discovery..",
            "org.posthorn.diagnosis..",
            // Authorization servers answer in JSON, and the claims of a token are JSON.
            "org.posthorn.oauth.."
        };
        onlyIn("tools.jackson..", readers);
        onlyIn("com.fasterxml..", readers);
    }

    @Test
    void onlyTheKeychainLeavesJava() {
        onlyIn("java.lang.foreign..", "org.posthorn.storage.keychain..");
        onlyIn(
                "org.bouncycastle..",
                "org.posthorn.storage.secret..",
                "org.posthorn.transport.tls..",
                "org.posthorn.transport.revocation..");
    }

    @Test
    void socketsStayInTransportAndDemo() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("org.posthorn.transport..", "org.posthorn.demo..")
                        .should()
                        .dependOnClassesThat(describe("are sockets", ArchitectureTest::isSocket)),
                MAIN);
    }

    @Test
    void nothingChangesTheWholeMachine() {
        never(
                MAIN_AND_TESTS,
                Map.of(
                        "java.lang.System", Set.of("setProperty", "setProperties", "clearProperty", "setOut", "setErr"),
                        "java.security.Security", Set.of("setProperty", "addProvider", "insertProviderAt"),
                        "javax.net.ssl.SSLContext", Set.of("setDefault"),
                        "javax.net.ssl.HttpsURLConnection",
                                Set.of("setDefaultHostnameVerifier", "setDefaultSSLSocketFactory"),
                        "java.net.Authenticator", Set.of("setDefault"),
                        "java.net.ProxySelector", Set.of("setDefault"),
                        "java.net.CookieHandler", Set.of("setDefault"),
                        "java.util.Locale", Set.of("setDefault"),
                        "java.util.TimeZone", Set.of("setDefault")));
    }

    @Test
    void nothingWaitsBySleeping() {
        never(
                MAIN_AND_TESTS,
                Map.of("java.lang.Thread", Set.of("sleep"), "java.util.concurrent.TimeUnit", Set.of("sleep")));
    }

    @Test
    void onlyMainEndsTheProgram() {
        holds(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("org.posthorn.Main")
                        .should()
                        .accessTargetWhere(isOneOf(Map.of(
                                "java.lang.System", Set.of("exit"), "java.lang.Runtime", Set.of("exit", "halt")))),
                MAIN_AND_TESTS);
    }

    @Test
    void nothingStaticCanChange() {
        holds(fields().that().haveModifier(JavaModifier.STATIC).should().beFinal(), MAIN);
    }

    @Test
    void onePlaceNamesTheUiThread() {
        assertThat(topLevelCallers("javafx.application.Platform", "runLater")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void secretsAreOpenedByTheListedOnly() {
        Set<String> callers = topLevelCallers("org.posthorn.account.Secret", "reveal");
        callers.remove("account.Secret");

        assertThat(callers).isEqualTo(REVEALERS);
    }

    private static void onlyIn(String library, String... users) {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(users)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library),
                MAIN);
    }

    private static void never(JavaClasses where, Map<String, Set<String>> methods) {
        holds(noClasses().should().accessTargetWhere(isOneOf(methods)), where);
    }

    /** Rules are older than some of the packages that they speak of. */
    private static void holds(ArchRule rule, JavaClasses where) {
        rule.allowEmptyShould(true).check(where);
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> isOneOf(Map<String, Set<String>> methods) {
        return describe(
                "is one of " + methods,
                access -> methods.getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getTarget().getName()));
    }

    private static Set<String> topLevelCallers(String owner, String method) {
        return MAIN.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(isOneOf(Map.of(owner, Set.of(method))))
                .map(access -> belowRoot(outermost(access.getOriginOwner()).getName()))
                .collect(toCollection(TreeSet::new));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static boolean isSocket(JavaClass type) {
        return type.getName().matches("java\\.net\\.(Server|Datagram|Multicast)?Socket")
                || type.getName().matches("java\\.nio\\.channels\\..*(Socket|Datagram)Channel")
                || type.getName().matches("javax\\.net\\.(ssl\\.SSL)?(Server)?Socket(Factory)?")
                || type.getName().matches("javax\\.net\\.ssl\\.SSL(Server)?Socket(Factory)?")
                || type.getPackageName().equals("java.net.http");
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals("org.posthorn")
                || type.getPackageName().startsWith("org.posthorn.");
    }

    private static boolean isAllowed(Dependency dependency) {
        String from = room(dependency.getOriginClass());
        String to = room(dependency.getTargetClass());
        return from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    /** The longest key of the arrows that the class's package lies in. */
    private static String room(JavaClass type) {
        String inside = belowRoot(type.getPackageName());
        return ARROWS.keySet().stream()
                .filter(room -> (inside + ".").startsWith(room + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static String topLevel(JavaClass type) {
        return belowRoot(type.getPackageName()).replaceFirst("\\..*", "");
    }

    private static String belowRoot(String name) {
        return name.replaceFirst("^org\\.posthorn\\.?", "");
    }
}
