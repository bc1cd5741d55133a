package org.posthorn.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.desktop.view.picture.Waiting.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.Account;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.Secret;
import org.posthorn.account.TlsMode;
import org.posthorn.desktop.view.picture.TestStage;
import org.posthorn.desktop.view.window.DesktopView;
import org.posthorn.desktop.viewmodel.connection.ConnectionStatus;
import org.posthorn.desktop.viewmodel.connection.ConnectionViewModel;
import org.posthorn.desktop.viewmodel.desktop.DesktopViewModel;
import org.posthorn.desktop.viewmodel.desktop.WindowLayout;
import org.posthorn.storage.SavedAccount;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.testkit.Session;
import org.posthorn.timeline.Phase;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;
import org.testfx.api.FxRobot;

/** Stop works at once, whatever the test is waiting for. */
class StopTest extends FxRobot {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Path folder;

    StopTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        end.countDown();
        TestStage.close();
    }

    @Test
    void stopsTheLookup() {
        AddressLookup slow = _ -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        stopsIn(Phase.RESOLVE, slow, Endpoint.of(Protocol.IMAP, "mail.test"));
    }

    @Test
    void stopsTheDialling() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(deaf, queue);
            Endpoint endpoint = Endpoint.of(Protocol.IMAP, "127.0.0.1").withPort(deaf.getLocalPort());
            stopsIn(Phase.CONNECT, AddressLookup.system(), endpoint);
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void stopsTheHandshake() throws IOException {
        try (ScriptedServer silent = ScriptedServer.of(ScriptedServer.Peer::ignore)) {
            stopsIn(Phase.TLS, AddressLookup.system(), Checks.endpoint(Protocol.IMAP, silent, TlsMode.IMPLICIT));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"GREETING", "CAPABILITIES", "STARTTLS", "LOGIN"})
    void stopsTheWaitForAReply(Phase phase) throws IOException {
        Session session = phase == Phase.STARTTLS ? Session.starttls(Protocol.SMTP) : Session.plain(Protocol.IMAP);
        int reply = first(session, phase);
        try (ScriptedServer server = ScriptedServer.of(peer -> {
            session.serve(peer, reply);
            peer.ignore();
        })) {
            stopsIn(phase, AddressLookup.system(), Checks.endpoint(session.protocol(), server, session.security()));
        }
    }

    private static int first(Session session, Phase phase) {
        return session.replies().stream().map(Session.Reply::phase).toList().indexOf(phase);
    }

    private void stopsIn(Phase phase, AddressLookup lookup, Endpoint endpoint) {
        try (LiveDesktop desktop = new LiveDesktop(folder, new Network(lookup, ByteCaps.defaults()))) {
            Endpoint alice = endpoint.withLogin(Login.password("alice", Secret.of("")));
            desktop.accounts().put(SavedAccount.create(Optional.empty(), new Account("slow", List.of(alice))));
            DesktopViewModel model = desktop.model();
            DesktopView view = TestStage.show(990, 860, () -> desktop.view(model));
            clickOn(password());
            write("hunter2");
            press(KeyCode.F5).release(KeyCode.F5);
            ConnectionViewModel connection =
                    model.endpointProperty().get().orElseThrow().connection();
            await(() -> connection.timelineProperty().get().last(phase).isPresent());

            press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);

            await(() -> connection.statusProperty().get() == ConnectionStatus.STOPPED);
            interact(() -> {
                assertThat(model.statusProperty().get()).startsWith("Stopped at " + phase.label());
                assertThat(model.canConnectProperty().get()).isTrue();
                model.close(new WindowLayout(Optional.empty(), false, view.panes()));
                view.close();
            });
            end.countDown();
        }
    }

    private TextInputControl password() {
        return lookup(".text-field")
                .match(node -> Field.PASSWORD.label().equals(node.getAccessibleText()))
                .queryTextInputControl();
    }

    /** Connects until nobody is let in any more, since nobody accepts. */
    private static void fill(ServerSocket deaf, List<Socket> queue) throws IOException {
        while (true) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 200);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }
}
