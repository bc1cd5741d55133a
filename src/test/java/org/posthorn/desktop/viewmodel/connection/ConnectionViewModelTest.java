package org.posthorn.desktop.viewmodel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.client.LoginGuard;
import org.posthorn.timeline.CertificateProblem;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.HelloFacts;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.wire.WireLog;

class ConnectionViewModelTest {
    private static final Endpoint ENDPOINT = Endpoint.of(Protocol.IMAP, "mail.example.org")
            .withSecurity(TlsMode.IMPLICIT)
            .withLogin(Login.password("alice", Secret.of("secret")));

    private final ScriptedConnector connector = new ScriptedConnector();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private final ConnectionViewModel model = new ConnectionViewModel(
            connector,
            new LoginGuard(ScriptedConnector.NOON),
            new WireLog(ScriptedConnector.NOON, 10),
            ScriptedConnector.NOON,
            this::onUiThread);

    @Test
    void theRailShowsWhatIsToComeBeforeTheFirstTest() {
        model.plan(ENDPOINT);

        assertThat(rail())
                .containsExactly(
                        "Resolve waiting",
                        "Connect waiting",
                        "TLS waiting",
                        "Greeting waiting",
                        "Capabilities waiting",
                        "Login waiting",
                        "Ready waiting");
        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.UNTESTED);
    }

    @Test
    void theRailPutsTlsBehindStarttlsAndLeavesOutWhatIsNotAskedFor() {
        model.plan(ENDPOINT.withSecurity(TlsMode.STARTTLS).withLogin(Login.none()));
        assertThat(phases())
                .containsExactly(
                        Phase.RESOLVE,
                        Phase.CONNECT,
                        Phase.GREETING,
                        Phase.CAPABILITIES,
                        Phase.STARTTLS,
                        Phase.TLS,
                        Phase.READY);

        model.plan(ENDPOINT.withSecurity(TlsMode.NONE));
        assertThat(phases()).doesNotContain(Phase.TLS, Phase.STARTTLS);
    }

    @Test
    void theRailBeginsWithStarttlsOnItsRegisteredPort() {
        model.plan(ENDPOINT.withSecurity(TlsMode.ANY_TLS));
        assertThat(phases()).doesNotContain(Phase.STARTTLS);

        model.plan(ENDPOINT.withSecurity(TlsMode.ANY_TLS).withPort(143));
        assertThat(phases()).contains(Phase.STARTTLS);
    }

    @Test
    void theRailLightsUpPhaseByPhase() {
        model.connect(ENDPOINT);
        assertThat(model.isRunning()).isTrue();
        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.CONNECTING);

        connector.last().recorder().begin(Phase.RESOLVE);
        assertThat(rail()).startsWith("Resolve running", "Connect waiting");
        assertThat(model.rail().getFirst().timeProperty().get()).isEqualTo("…");

        connector.last().recorder().succeed(new Facts.Resolved("mail.example.org", List.of("192.0.2.10", "::1")));
        connector.last().recorder().begin(Phase.CONNECT);
        assertThat(rail()).startsWith("Resolve ok", "Connect running");
        assertThat(model.rail().getFirst().factProperty().get()).isEqualTo("2 addresses");
        assertThat(model.rail().getFirst().timeProperty().get()).endsWith(" ms");
        assertThat(model.rail().getFirst().spoken()).isEqualTo("Resolve: ok, mail.example.org is 192.0.2.10, ::1");
    }

    @Test
    void theNodesStayTheSameWhileThePlanDoes() {
        model.plan(ENDPOINT);
        List<RailNode> before = List.copyOf(model.rail());

        model.connect(ENDPOINT);
        connector.last().succeed();

        assertThat(model.rail()).containsExactlyElementsOf(before);
    }

    @Test
    void showsWhatATestThatWentWellHasLearnt() {
        model.connect(ENDPOINT);
        connector.last().succeed();

        assertThat(model.isRunning()).isFalse();
        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.OK);
        assertThat(rail()).allMatch(node -> node.endsWith(" ok"));
        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(model.summaryProperty().get())
                .isEqualTo("192.0.2.10:993 · TLS 1.3 · TLS_AES_256_GCM_SHA384 · certificate trusted, 61 days left");
        assertThat(model.greetingProperty().get()).isEqualTo("* OK ready");
        assertThat(model.pathProperty().get())
                .contains(new PathCard(
                        "mail.example.org",
                        "192.0.2.10:993",
                        "192.0.2.1",
                        List.of(new AddressRow(1, "192.0.2.10:993", "11 ms", true, "connected"))));
        assertThat(model.loginProperty().get())
                .contains(new LoginCard("PLAIN", "PLAIN LOGIN", "alice", true, "a1 OK welcome"));
        TlsCard tls = model.tlsProperty().get().orElseThrow();
        assertThat(tls.version()).isEqualTo("TLS 1.3");
        assertThat(tls.offered()).isEqualTo("1.2, 1.3, as requested");
        assertThat(tls.trust()).isEqualTo("trusted");
        assertThat(tls.chain())
                .singleElement()
                .satisfies(row -> assertThat(row.issuer()).isEqualTo("R11"));
    }

    @Test
    void listsTheAddressesThatDidNotAnswer() {
        model.connect(ENDPOINT);
        Facts.Attempt six =
                new Facts.Attempt("2001:db8::10", 993, Duration.ofMillis(3), Optional.of("Network is unreachable"));
        Facts.Attempt four = new Facts.Attempt("192.0.2.10", 993, Duration.ofMillis(4), Optional.empty());
        connector
                .last()
                .pass(
                        Phase.CONNECT,
                        new Facts.Connected(List.of(six, four), 993, Optional.of("192.0.2.10"), Optional.empty()));

        assertThat(model.pathProperty().get().orElseThrow().tried())
                .containsExactly(
                        new AddressRow(1, "[2001:db8::10]:993", "3 ms", false, "Network is unreachable"),
                        new AddressRow(1, "192.0.2.10:993", "4 ms", true, "connected"));
    }

    @Test
    void asksBeforeTheLoginThatMayLockTheAccount() {
        Endpoint endpoint = ENDPOINT.withLogin(Login.password("alice", Secret.of("wrong")));
        for (int i = 0; i < LoginGuard.REFUSALS; i++) {
            model.connect(endpoint);
            refuse();
        }
        assertThat(connector.sessions()).isEqualTo(3);

        model.connect(endpoint);

        assertThat(connector.sessions()).isEqualTo(3);
        assertThat(model.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.sentence()).contains("“alice” 3 times");
            assertThat(remark.change()).contains("connect again");
        });
        model.connect(endpoint);
        assertThat(connector.sessions()).isEqualTo(4);
        refuse();
        model.connect(endpoint);
        assertThat(connector.sessions()).isEqualTo(4);
    }

    private void refuse() {
        connector.last().recorder().begin(Phase.LOGIN);
        connector
                .last()
                .recorder()
                .learn(new Facts.LoggedIn(
                        Optional.of("PLAIN"),
                        "alice",
                        List.of("PLAIN"),
                        Optional.of(new LoginAnswer.Rejected(
                                "a1 NO no",
                                OptionalInt.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                LoginAnswer.Offer.OFFERED))));
        connector.last().fail(new Failure.LoginRejected("PLAIN", true, "a1 NO no", Optional.empty()));
    }

    @Test
    void saysWhyATestFailedAndWhatToChange() {
        model.connect(ENDPOINT);
        connector.last().reach("192.0.2.10", 993).secure().greet().announce(Facts.Stage.AFTER_TLS, "AUTH=PLAIN");
        connector.last().recorder().begin(Phase.LOGIN);
        connector
                .last()
                .fail(new Failure.LoginRejected(
                        "PLAIN",
                        true,
                        "a1 NO [AUTHENTICATIONFAILED] Authentication failed.",
                        Optional.of("AUTHENTICATIONFAILED")));

        FailureCard failure = model.failureProperty().get().orElseThrow();
        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.FAILED);
        assertThat(failure.stage()).isEqualTo(Phase.LOGIN);
        assertThat(failure.title()).isEqualTo("Login rejected");
        assertThat(failure.field()).contains(Field.PASSWORD);
        assertThat(failure.text())
                .contains(failure.sentence(), failure.change(), "a1 NO [AUTHENTICATIONFAILED] Authentication failed.");
        assertThat(rail()).endsWith("Login failed", "Ready waiting");
    }

    @Test
    void stoppingEndsTheSessionAndIsNoFailure() {
        model.connect(ENDPOINT);
        connector.last().recorder().begin(Phase.RESOLVE);

        model.stop();
        assertThat(connector.last().isStopped()).isTrue();
        connector.last().fail(new Failure.Cancelled(Phase.RESOLVE));

        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.STOPPED);
        assertThat(model.isRunning()).isFalse();
        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(rail()).startsWith("Resolve stopped");
    }

    @Test
    void whatAnEarlierTestStillSaysIsNotShown() {
        model.connect(ENDPOINT);
        ScriptedConnector.Script first = connector.last();
        model.connect(ENDPOINT);
        assertThat(first.isStopped()).isTrue();

        first.fail(new Failure.HostNotFound("mail.example.org"));

        assertThat(model.isRunning()).isTrue();
        assertThat(model.failureProperty().get()).isEmpty();
    }

    @Test
    void aSecondTestForgetsTheFailureOfTheFirst() {
        model.connect(ENDPOINT);
        connector.last().fail(new Failure.HostNotFound("mail.example.org"));

        model.connect(ENDPOINT);
        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(model.pathProperty().get()).isEmpty();
        connector.last().succeed();

        assertThat(model.statusProperty().get()).isEqualTo(ConnectionStatus.OK);
    }

    @Test
    void aBugIsShownAsABugAndNotAsAFailure() {
        IllegalStateException bug = new IllegalStateException("no phase is running");
        model.connect(ENDPOINT);
        connector.last().crash(bug);

        assertThat(model.bugProperty().get()).contains(bug);
        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(model.isRunning()).isFalse();

        model.connect(ENDPOINT);
        assertThat(model.bugProperty().get()).isEmpty();
    }

    @Test
    void ofSnapshotsThatPileUpOnlyTheNewestIsDrawn() {
        model.connect(ENDPOINT);
        busy = true;
        connector.last().reach("192.0.2.10", 993).secure();
        waiting.remove().run();

        assertThat(rail()).startsWith("Resolve ok", "Connect ok", "TLS ok");
    }

    @Test
    void theRailShowsTheAttemptThatFailedTheSession() {
        model.connect(ENDPOINT.withSecurity(TlsMode.ANY_TLS));
        connector.last().reach("192.0.2.10", 993);
        connector.last().recorder().begin(Phase.TLS);
        Failure decisive = new Failure.TlsNotSpoken("* OK ready");
        connector.last().recorder().fail(decisive);
        connector.last().recorder().nextAttempt();
        connector.last().recorder().begin(Phase.CONNECT);
        connector.last().recorder().fail(new Failure.ConnectionRefused(List.of(), 143));
        connector.last().fail(decisive);

        assertThat(rail()).startsWith("Resolve ok", "Connect ok", "TLS failed");
        assertThat(model.failureProperty().get().orElseThrow().stage()).isEqualTo(Phase.TLS);
        assertThat(model.attempts()).extracting(AttemptRow::number).containsExactly(1, 2);
        assertThat(model.attempts().getFirst().form()).isEqualTo("Implicit TLS on port 993");
        assertThat(model.attempts().getFirst().answer()).isEqualTo("failed at TLS");
    }

    @Test
    void aSecondFormOfTlsTakesItsPlaceOnTheRail() {
        model.connect(ENDPOINT.withSecurity(TlsMode.ANY_TLS));
        connector.last().reach("192.0.2.10", 993);
        connector.last().recorder().begin(Phase.TLS);
        connector.last().recorder().fail(new Failure.TlsNotSpoken(""));
        connector.last().recorder().nextAttempt();
        connector.last().recorder().begin(Phase.CONNECT);

        assertThat(rail())
                .containsExactly(
                        "Resolve ok",
                        "Connect running",
                        "Greeting waiting",
                        "Capabilities waiting",
                        "STARTTLS waiting",
                        "TLS waiting",
                        "Login waiting",
                        "Ready waiting");
    }

    private void refuseTheCertificate() {
        model.connect(ENDPOINT);
        connector.last().reach("192.0.2.10", 993).secure();
        TlsFacts good =
                connector.last().recorder().snapshot().latest(TlsFacts.class).orElseThrow();
        CertificateProblem problem =
                new CertificateProblem.NameMismatch("mail.example.org", List.of("mx.example.org"), "mx.example.org");
        connector.last().recorder().begin(Phase.TLS);
        connector
                .last()
                .recorder()
                .learn(new TlsFacts(
                        good.requested(),
                        good.offered(),
                        good.serverName(),
                        Optional.empty(),
                        Optional.empty(),
                        good.certificates(),
                        List.of(),
                        List.of(problem),
                        false,
                        List.of(),
                        false,
                        HelloFacts.none(),
                        Optional.empty()));
        connector.last().fail(new Failure.CertificateRejected(List.of(problem)));
    }

    @Test
    void aCertificateThatIsNotTrustedIsShownWithItsReason() {
        refuseTheCertificate();

        TlsCard tls = model.tlsProperty().get().orElseThrow();
        assertThat(tls.trusted()).isFalse();
        assertThat(tls.trust()).isEqualTo("not trusted");
        assertThat(tls.problems()).containsExactly("The certificate is for mx.example.org, not for mail.example.org.");
    }

    @Test
    void aRefusedCertificateIsBelievedForOneTestAndSavedNowhere() {
        refuseTheCertificate();
        assertThat(model.refusedCertificate()).contains("ab".repeat(32));

        model.connectBelievingOnce();

        Endpoint asked = connector.last().endpoint();
        assertThat(asked.tls().trust().fingerprints()).containsExactly("ab".repeat(32));
        assertThat(model.refusedCertificate()).isEmpty();
        connector.last().succeed();
        assertThat(model.remarks().getFirst()).satisfies(remark -> {
            assertThat(remark.warning()).isTrue();
            assertThat(remark.sentence()).contains("for this one test");
        });

        model.connect(ENDPOINT);
        assertThat(connector.last().endpoint().tls().trust().fingerprints()).isEmpty();
        connector.last().succeed();
        assertThat(model.remarks()).noneMatch(remark -> remark.sentence().contains("for this one test"));
    }

    @Test
    void onlyARefusedCertificateCanBeBelieved() {
        model.connect(ENDPOINT);
        connector.last().reach("192.0.2.10", 993).secure();
        connector.last().fail(new Failure.TimedOut(Phase.GREETING, Duration.ofSeconds(1)));
        int sessions = connector.sessions();

        model.connectBelievingOnce();

        assertThat(model.refusedCertificate()).isEmpty();
        assertThat(connector.sessions()).isEqualTo(sessions);
    }

    private void onUiThread(Runnable action) {
        if (busy) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    private List<String> rail() {
        return model.rail().stream()
                .map(node -> node.label() + " " + node.state().word())
                .toList();
    }

    private List<Phase> phases() {
        return model.rail().stream().map(RailNode::phase).toList();
    }
}
