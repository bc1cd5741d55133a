package org.posthorn.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.testkit.Checks;

class DemoServerTest {

    @ParameterizedTest
    @CsvSource({"IMAP,NONE", "IMAP,IMPLICIT", "POP3,NONE", "POP3,IMPLICIT", "SMTP,NONE", "SMTP,IMPLICIT"})
    void everyEndpointLogsInWithNothingToFillIn(Protocol protocol, TlsMode security) {
        try (DemoServer demo = DemoServer.start();
                Checks checks = new Checks()) {
            Endpoint endpoint = demo.endpoint(protocol, security);
            assertThat(endpoint.problems()).isEmpty();
            CheckResult result = checks.run(endpoint);
            assertThat(result.outcome()).as(result.toString()).isEqualTo(CheckOutcome.READY);
            assertThat(result.securityInForce()).isEqualTo(security);
        }
    }

    @Test
    void listensForThisMachineAlone() {
        try (DemoServer demo = DemoServer.start()) {
            for (Protocol protocol : Protocol.values()) {
                assertThat(demo.endpoint(protocol, TlsMode.NONE).hostName()).isEqualTo("127.0.0.1");
            }
        }
    }

    @Test
    void hasNoStarttls() {
        try (DemoServer demo = DemoServer.start()) {
            assertThatThrownBy(() -> demo.endpoint(Protocol.IMAP, TlsMode.STARTTLS))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void leavesNoThreadBehind() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (DemoServer demo = DemoServer.start();
                Checks checks = new Checks()) {
            checks.run(demo.endpoint(Protocol.IMAP, TlsMode.IMPLICIT));
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && isOfTheProgram(thread)) {
                assertThat(thread.join(Duration.ofSeconds(10)))
                        .as(thread.toString())
                        .isTrue();
            }
        }
    }

    /** The JDK keeps threads of its own below other groups, and carriers of virtual threads. */
    private static boolean isOfTheProgram(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && group.getName().equals("main")
                && !thread.getName().startsWith("ForkJoinPool");
    }
}
