package org.posthorn.desktop.viewmodel.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Problem;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.desktop.viewmodel.capabilities.CapabilityRegistry;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.LiveConnection.Kind;
import org.posthorn.desktop.viewmodel.connection.ScriptedConnector;
import org.posthorn.desktop.viewmodel.secrets.InlineSecrets;
import org.posthorn.desktop.viewmodel.settings.ChoiceSetting;
import org.posthorn.desktop.viewmodel.settings.Option;
import org.posthorn.desktop.viewmodel.settings.TextSetting;
import org.posthorn.storage.SavedAccount;
import org.posthorn.timeline.Failure;

class AccountViewModelTest {
    private static final Endpoint IMAP =
            Endpoint.of(Protocol.IMAP, "imap.example.org").withLogin(Login.password("alice", Secret.of("secret")));
    private static final Endpoint SMTP = Endpoint.of(Protocol.SMTP, "smtp.example.org");

    private final ScriptedConnector connector = new ScriptedConnector();
    private final SavedAccount saved =
            SavedAccount.create(Optional.of("Acme"), new Account("alice", List.of(IMAP, SMTP)));
    private final AccountViewModel account = open(saved, true);

    @Test
    void opensWithItsEndpointsAndNothingUnsaved() {
        assertThat(protocols()).containsExactly(Protocol.IMAP, Protocol.SMTP);
        assertThat(account.selected().protocol()).isEqualTo(Protocol.IMAP);
        assertThat(account.addable()).containsExactly(Protocol.POP3);
        assertThat(account.hasUnsaved()).isFalse();
        assertThat(account.current()).isEqualTo(saved);
    }

    @Test
    void noFormOfAFullAccountOffersAnotherProtocol() {
        Endpoint pop3 = Endpoint.of(Protocol.POP3, "pop.example.org");
        AccountViewModel full =
                open(SavedAccount.create(Optional.empty(), new Account("full", List.of(IMAP, pop3, SMTP))), true);
        assertThat(full.endpoints()).allSatisfy(e -> assertThat(offered(e)).containsExactly(e.protocol()));
        account.addEndpoint(Protocol.POP3);
        assertThat(account.endpoints()).allSatisfy(e -> assertThat(offered(e)).containsExactly(e.protocol()));
    }

    @Test
    void whoHearsOfTheProtocolsLeftGoesOnHearingAfterACollection() {
        List<List<Protocol>> heard = new ArrayList<>();
        account.addable().subscribe(() -> heard.add(List.copyOf(account.addable())));
        WeakReference<Object> witness = new WeakReference<>(new Object());
        while (witness.get() != null) {
            System.gc();
        }
        account.addEndpoint(Protocol.POP3);
        assertThat(heard).containsExactly(List.of());
    }

    @Test
    void anAccountThatNoFileHoldsIsUnsavedFromTheStart() {
        assertThat(open(saved, false).unsavedProperty().get()).isEqualTo(1);
    }

    @Test
    void countsWhatDiffersFromWhatIsSaved() {
        account.nameProperty().set("bob");
        account.folderProperty().set("");
        type(account.endpoints().getFirst(), Field.HOST, "mail.example.org");
        type(account.endpoints().getLast(), Field.PORT, "25");

        assertThat(account.unsavedProperty().get()).isEqualTo(4);
        assertThat(account.current().folder()).isEmpty();
    }

    @Test
    void anAddedEndpointTakesOverTheLoginAndIsShown() {
        account.addEndpoint(Protocol.POP3);

        assertThat(account.selected().settings().current())
                .isEqualTo(Endpoint.of(Protocol.POP3, "imap.example.org").withLogin(IMAP.login()));
        assertThat(account.addable()).isEmpty();
        assertThat(account.unsavedProperty().get()).isEqualTo(1);

        account.addEndpoint(Protocol.POP3);
        assertThat(protocols()).hasSize(3);
    }

    @Test
    void aRemovedEndpointStopsAndTheLastOneStays() {
        account.selected().connect();
        account.selected().open(Kind.MAIN);
        account.removeEndpoint(account.selected());

        assertThat(connector.last().isStopped()).isTrue();
        assertThat(connector.clients().getLast().isClosed()).isTrue();
        assertThat(protocols()).containsExactly(Protocol.SMTP);
        assertThat(account.selected().protocol()).isEqualTo(Protocol.SMTP);
        assertThat(account.unsavedProperty().get()).isEqualTo(1);

        account.removeEndpoint(account.selected());
        assertThat(protocols()).containsExactly(Protocol.SMTP);
    }

    @Test
    void anEndpointInPlaceOfAnotherIsTwoChanges() {
        account.removeEndpoint(account.selected());
        account.addEndpoint(Protocol.POP3);

        assertThat(account.unsavedProperty().get()).isEqualTo(2);
    }

    @Test
    void revertBringsBackNameFolderEndpointsAndSettings() {
        EndpointViewModel smtp = account.endpoints().getLast();
        type(smtp, Field.HOST, "elsewhere.example.org");
        account.nameProperty().set("bob");
        account.folderProperty().set("Other");
        account.removeEndpoint(account.endpoints().getFirst());
        account.addEndpoint(Protocol.POP3);

        account.revert();

        assertThat(account.hasUnsaved()).isFalse();
        assertThat(account.current().withoutSecrets()).isEqualTo(saved.withoutSecrets());
        assertThat(account.endpoints().getLast()).isSameAs(smtp);
        assertThat(account.endpoints()).contains(account.selected());
    }

    @Test
    void aFormOffersOnlyProtocolsThatTheOthersLeave() {
        assertThat(offered(account.endpoints().getFirst())).containsExactly(Protocol.IMAP, Protocol.POP3);

        account.removeEndpoint(account.endpoints().getLast());

        assertThat(offered(account.endpoints().getFirst()))
                .containsExactly(Protocol.IMAP, Protocol.POP3, Protocol.SMTP);
    }

    @Test
    void anAccountWithoutANameCannotBeSaved() {
        account.nameProperty().set(" ");

        assertThat(account.nameProblemProperty().get().map(Problem::sentence)).contains("Type a name for the account.");
        assertThat(account.canSave()).isFalse();
    }

    @Test
    void textThatCannotBeReadCannotBeSavedButAnUnfinishedFormCan() {
        type(account.selected(), Field.HOST, "");
        assertThat(account.canSave()).isTrue();

        type(account.selected(), Field.PORT, "x");
        assertThat(account.canSave()).isFalse();
    }

    @Test
    void connectTestsTheFormAsItStandsAndSavesNothing() {
        type(account.selected(), Field.HOST, "new.example.org");

        assertThat(account.selected().connect()).isTrue();

        assertThat(connector.last().endpoint()).isEqualTo(IMAP.withHost("new.example.org"));
        assertThat(account.unsavedProperty().get()).isEqualTo(1);
    }

    @Test
    void aFormThatIsWrongIsNotTestedButShowsItsProblems() {
        type(account.selected(), Field.HOST, "");

        assertThat(account.selected().connect()).isFalse();

        assertThat(connector.sessions()).isZero();
        assertThat(account.selected()
                        .settings()
                        .field(Field.HOST)
                        .orElseThrow()
                        .problemProperty()
                        .get())
                .isPresent();
    }

    @Test
    void standsAsItsEndpointsDo() {
        account.endpoints().getFirst().connect();
        connector.last().succeed();
        assertThat(account.statusProperty().get()).isEqualTo(ConnectionStatus.OK);

        account.endpoints().getLast().connect();
        assertThat(account.statusProperty().get()).isEqualTo(ConnectionStatus.CONNECTING);
        connector.last().fail(new Failure.HostNotFound("smtp.example.org"));
        assertThat(account.statusProperty().get()).isEqualTo(ConnectionStatus.FAILED);
    }

    @Test
    void capabilitiesComeFromTheTest() {
        account.selected().connect();
        connector.last().succeed();

        assertThat(account.selected().capabilities().rows()).hasSize(2);
    }

    @Test
    void saysInALineWhatIsSet() {
        assertThat(account.selected().summaryProperty().get()).isEqualTo("imap.example.org : 993 · Either · password");
        assertThat(account.endpoints().getLast().summaryProperty().get())
                .isEqualTo("smtp.example.org : 465 · Either · no login");
    }

    private AccountViewModel open(SavedAccount opened, boolean stored) {
        return new AccountViewModel(
                opened,
                stored,
                new Workbench(_ -> connector, new CapabilityRegistry(), ScriptedConnector.NOON, Runnable::run),
                InlineSecrets.withoutKeychain(Path.of("nowhere")));
    }

    private List<Protocol> protocols() {
        return account.endpoints().stream().map(EndpointViewModel::protocol).toList();
    }

    private static void type(EndpointViewModel endpoint, Field field, String text) {
        ((TextSetting) endpoint.settings().field(field).orElseThrow())
                .valueProperty()
                .set(text);
    }

    private static List<Object> offered(EndpointViewModel endpoint) {
        var protocol =
                (ChoiceSetting<?>) endpoint.settings().field(Field.PROTOCOL).orElseThrow();
        return protocol.options().stream().<Object>map(Option::value).toList();
    }
}
