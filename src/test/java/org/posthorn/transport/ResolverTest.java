package org.posthorn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.account.AddressFamily;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;
import org.posthorn.timeline.Phase;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class ResolverTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int MOST_UNFINISHED = 64;

    private final Cancellation cancellation = new Cancellation();

    @ParameterizedTest
    @CsvSource({"ANY, '192.0.2.1 2001:db8::1 192.0.2.2'", "IPV4, '192.0.2.1 192.0.2.2'", "IPV6, 2001:db8::1"})
    void keepsTheAddressesOfTheFamilyInTheirOrder(AddressFamily family, String expected) throws FailureException {
        Resolver resolver = new Resolver(_ -> addresses("192.0.2.1 2001:db8::1 192.0.2.2"));

        assertThat(resolver.resolve("mail.test", family, LONG, cancellation)).isEqualTo(addresses(expected));
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 2001:db8::1, IPv4", "IPV6, 192.0.2.1, IPv6"})
    void saysThatNoAddressIsOfTheFamily(AddressFamily family, String address, String name) {
        Resolver resolver = new Resolver(_ -> addresses(address));

        assertThat(failure(resolver, family, LONG)).isEqualTo(new Failure.NoAddressOfFamily("mail.test", name));
    }

    @ParameterizedTest
    @CsvSource({
        "'mail.test: Name or service not known', HostNotFound",
        "'mail.test: nodename nor servname provided, or not known', HostNotFound",
        "'mail.test: Temporary failure in name resolution', NameServiceFailed",
        "'mail.test: Non-recoverable failure in name resolution', NameServiceFailed",
        ", HostNotFound"
    })
    void tellsAnUnknownNameFromASilentNameService(String words, String kind) {
        Resolver resolver = new Resolver(_ -> {
            throw new UnknownHostException(words);
        });

        assertThat(failure(resolver, AddressFamily.ANY, LONG).kind()).isEqualTo(kind);
    }

    @Test
    void leavesALookupBehindThatTakesTooLong() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThat(failure(new Resolver(_ -> blocked(end)), AddressFamily.ANY, SHORT))
                    .isInstanceOf(Failure.NameServiceFailed.class);
        } finally {
            end.countDown();
        }
    }

    @Test
    void boundsTheLookupsThatAreLeftBehind() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(MOST_UNFINISHED);
        Resolver resolver = new Resolver(_ -> {
            try {
                return blocked(end);
            } finally {
                ended.countDown();
            }
        });
        Duration least = Duration.ofNanos(1);
        for (int i = 0; i < MOST_UNFINISHED; i++) {
            failure(resolver, AddressFamily.ANY, least);
        }
        try {
            assertThat(failure(resolver, AddressFamily.ANY, LONG))
                    .isInstanceOfSatisfying(
                            Failure.NameServiceFailed.class,
                            f -> assertThat(f.detail()).contains("64 earlier"));
        } finally {
            end.countDown();
        }
        ended.await();
    }

    @Test
    void stopsWhenItIsCancelled() {
        CountDownLatch end = new CountDownLatch(1);
        Resolver resolver = new Resolver(_ -> {
            cancellation.cancel();
            return blocked(end);
        });
        try {
            assertThat(failure(resolver, AddressFamily.ANY, LONG)).isEqualTo(new Failure.Cancelled(Phase.RESOLVE));
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesABugOnAsABug(AddressFamily family) {
        IllegalStateException bug = new IllegalStateException("bug");
        Resolver resolver = new Resolver(_ -> {
            throw bug;
        });

        assertThat(assertThrows(
                        IllegalStateException.class, () -> resolver.resolve("mail.test", family, LONG, cancellation)))
                .isSameAs(bug);
    }

    private Failure failure(Resolver resolver, AddressFamily family, Duration limit) {
        return assertThrows(FailureException.class, () -> resolver.resolve("mail.test", family, limit, cancellation))
                .failure();
    }

    private static List<InetAddress> blocked(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private static List<InetAddress> addresses(String literals) {
        return Stream.of(literals.split(" ", -1)).map(InetAddress::ofLiteral).toList();
    }
}
