package org.posthorn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way of a message by its Received headers. */
class HopTest {
    @Test
    void standsInTheOrderOfTheWayWithItsDelays() {
        MessageHeaders headers = MessageHeaders.of(List.of(
                "Received: from mail.test",
                "\tby vm with LMTP",
                "\tid qJ+/Fs45",
                "\t(envelope-from <me@x.test>)",
                "\tfor <alice@mail.test>; Fri, 27 Nov 2026 08:05:40 +0000",
                "Received: from [127.0.0.1] (unknown [127.0.0.1])",
                "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))",
                "\tby mail.test (Postfix) with ESMTPSA id 58314218A91;",
                "\tFri, 27 Nov 2026 09:05:34 +0100 (CET)",
                "Subject: Received: by nobody",
                "",
                "Received: by the body; Fri, 27 Nov 2026 08:05:34 +0000"));

        List<Hop> hops = Hop.of(headers);

        assertThat(hops).hasSize(2);
        assertThat(hops.getFirst().from()).contains("[127.0.0.1] (unknown [127.0.0.1])");
        assertThat(hops.getFirst().by()).contains("mail.test");
        assertThat(hops.getFirst().with()).contains("ESMTPSA");
        assertThat(hops.getFirst().id()).contains("58314218A91");
        assertThat(hops.getFirst().date()).contains(Instant.parse("2026-11-27T08:05:34Z"));
        assertThat(hops.getFirst().delay()).isEmpty();
        assertThat(hops.getLast().with()).contains("LMTP");
        assertThat(hops.getLast().delay()).contains(Duration.ofSeconds(6));
    }

    @Test
    void goesOnWhereADateCannotBeRead() {
        List<Hop> hops = Hop.of(new MessageHeaders(List.of(
                "Received: by c; Fri, 27 Nov 2026 08:00:09 +0000",
                "Received: by b; some day",
                "Received: by a; Fri, 27 Nov 2026 08:00:10 +0000")));

        assertThat(hops).extracting(Hop::date).element(1).isEqualTo(Optional.empty());
        assertThat(hops.getLast().delay()).contains(Duration.ofSeconds(-1));
    }
}
