package org.posthorn.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.Certificates;

class ServiceIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "mail.example,       mail.example,         true",
        "mail.example,       MAIL.Example,         true",
        "MAIL.Example,       mail.example,         true",
        "mail.example.,      mail.example,         true",
        "' mail.example ',   mail.example,         true",
        "mail.example,       mail.example.org,     false",
        "mail.example,       example,              false",
        "mail.example,       xmail.example,        false",
        "localhost,          localhost,            true",
        "imap.mail.example,  *.mail.example,       true",
        "IMAP.mail.example., *.MAIL.example,       true",
        "a.imap.mail.example,*.mail.example,       false",
        "mail.example,       *.mail.example,       false",
        "mail.example,       *.example,            false",
        "localhost,          *,                    false",
        "mail.example,       *.*,                  false",
        "imap.mail.example,  im*.mail.example,     false",
        "imap.mail.example,  *p.mail.example,      false",
        "imap.mail.example,  imap.*.example,       false",
        "imap.mail.example,  *.*.example,          false",
        "bücher.example,     xn--bcher-kva.example,true",
        "BÜCHER.example,     xn--bcher-kva.example,true",
        "bücher.example,     XN--BCHER-KVA.example,true",
        "bücher.mail.example,*.mail.example,       true",
        "10.1.2.3,           10.1.2.3,             true",
        "10.1.2.3,           10.1.2.4,             false",
        "10.1.2.3,           *.1.2.3,              false",
        "mail.example,       10.1.2.3,             false",
        "::1,                0:0:0:0:0:0:0:1,      true",
        "[2001:DB8::7],      2001:db8:0:0:0:0:0:7, true",
        "fe80::1%gone0,      fe80:0:0:0:0:0:0:1,   true",
        "2001:db8::8,        2001:db8:0:0:0:0:0:7, false",
        "::1,                10.1.2.3,             false",
        "999.1.2.3,          10.1.2.3,             false",
        "x..y,               mail.example,         false"
    })
    void comparesWholeNamesAndAddresses(String reached, String presented, boolean matches) {
        var certificate = Certificates.authority().leaf(presented).issue().certificate();

        assertThat(new ServiceIdentity(reached).matches(certificate)).isEqualTo(matches);
    }

    @Test
    void takesAnyOfSeveralNames() {
        var certificate = Certificates.authority()
                .leaf("a.example", "*.b.example", "10.0.0.1")
                .issue()
                .certificate();

        assertThat(new ServiceIdentity("a.example").matches(certificate)).isTrue();
        assertThat(new ServiceIdentity("x.b.example").matches(certificate)).isTrue();
        assertThat(new ServiceIdentity("10.0.0.1").matches(certificate)).isTrue();
        assertThat(new ServiceIdentity("c.example").matches(certificate)).isFalse();
    }

    @Test
    void ignoresTheCommonName() {
        var certificate =
                Certificates.authority().leaf("mail.example").names().issue().certificate();

        assertThat(new ServiceIdentity("mail.example").matches(certificate)).isFalse();
    }

    @Test
    void takesNoAddressThatStandsAsAName() {
        var certificate = Certificates.authority()
                .leaf("mail.example")
                .dnsName("10.1.2.3")
                .issue()
                .certificate();

        assertThat(new ServiceIdentity("10.1.2.3").matches(certificate)).isFalse();
    }
}
