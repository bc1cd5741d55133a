package org.posthorn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    /** The examples of RFC 5952 §4 and the corners beside them. */
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "10:0:0:5:1:1:1:1, 10::5:1:1:1:1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "192.0.2.7, 192.0.2.7"
    })
    void writesAnAddressAsPeopleDo(String full, String text) throws UnknownHostException {
        assertThat(HostNames.text(InetAddress.getByName(full))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "2130706433", "300.1.2.3", "1.2.3.4.5"})
    void takesNoNumberForAHost(String typed) {
        assertThat(HostNames.isUsable(typed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "mail.example.org", "mail2", "1and1.example", "::1", "bücher.example"})
    void takesNamesAndAddresses(String typed) {
        assertThat(HostNames.isUsable(typed)).isTrue();
    }
}
