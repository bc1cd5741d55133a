package org.posthorn.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Protocol;
import org.posthorn.account.RevocationPolicy;
import org.posthorn.account.TlsMode;
import org.posthorn.testkit.Certificates;
import org.posthorn.testkit.Checks;
import org.posthorn.testkit.IssuedCertificate;
import org.posthorn.testkit.Issuer;
import org.posthorn.testkit.ManualTimer;
import org.posthorn.testkit.NothingLeft;
import org.posthorn.testkit.ScriptedServer;
import org.posthorn.timeline.TlsFacts;
import org.posthorn.transport.AddressLookup;
import org.posthorn.transport.ByteCaps;
import org.posthorn.transport.Network;

/** The mail server waits no longer for the issuers than one limit for all questions allows. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class InquiryLimitTest {

    @Test
    void whenTheTimeIsOverNobodyElseIsAsked() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (Checks checks = new Checks(new Network(AddressLookup.system(), ByteCaps.defaults(), timer));
                ScriptedServer issuer = ScriptedServer.of(peer -> {
                    peer.hear();
                    timer.elapse();
                    peer.ignore();
                });
                ScriptedServer mail = mail(leaf(issuer))) {
            Endpoint endpoint = Checks.endpoint(Protocol.IMAP, mail, TlsMode.IMPLICIT);
            CheckResult result = checks.run(endpoint.withTls(endpoint.tls().withRevocation(RevocationPolicy.CHECK)));

            assertThat(result.outcome()).isEqualTo(CheckOutcome.READY);
            assertThat(issuer.connections()).isEqualTo(1);
            assertThat(result.timeline().latest(TlsFacts.class).orElseThrow().revocations())
                    .allSatisfy(found -> assertThat(found.detail()).isEqualTo("the time for asking was over"));
        }
    }

    private static ScriptedServer mail(IssuedCertificate leaf) throws Exception {
        return ScriptedServer.secured(leaf.serverContext(), peer -> {
            peer.say("* OK [CAPABILITY IMAP4rev1] ready");
            peer.answer("TAG OK noop");
            peer.answer("* BYE", "TAG OK bye");
        });
    }

    /** With four addresses to ask, two at each of two certificates. */
    private static IssuedCertificate leaf(ScriptedServer issuer) {
        String address = "http://127.0.0.1:" + issuer.port();
        return Certificates.authority()
                .intermediate("Between")
                .extension(Extension.authorityInfoAccess.getId(), false, Issuer.responders(address, address + "/2"))
                .issue()
                .leaf("127.0.0.1")
                .extension(Extension.authorityInfoAccess.getId(), false, Issuer.responders(address, address + "/2"))
                .issue();
    }
}
