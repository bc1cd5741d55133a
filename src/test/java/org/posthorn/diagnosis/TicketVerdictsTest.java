package org.posthorn.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Field;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.Failure;

class TicketVerdictsTest {
    private static Finding finding(Failure failure) {
        Endpoint endpoint = Endpoint.of(Protocol.IMAP, "mail.example.org").withLogin(Login.currentUser());
        return Diagnosis.of(
                        endpoint, Timelines.connected(143).greeted("* OK hi").failed(failure))
                .getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Unable to obtain Principal Name for authentication | kerberos-ticket-missing | kinit
        Server not found in Kerberos database (7) - LOOKING_UP_SERVER | kerberos-ticket-missing | Host
        Server imap/mail.example.org@EXAMPLE.ORG not found in Kerberos database | kerberos-ticket-missing | Host
        Clock skew too great (37) - PROCESS_TGS | clock-wrong | clock
        Cannot locate KDC for realm EXAMPLE.ORG | kerberos-ticket-missing | krb5.conf
        """)
    void theWordsOfKerberosDecide(String detail, String cause, String remedy) {
        Finding finding = finding(new Failure.NoTicket(detail));

        assertThat(finding.cause().code()).isEqualTo(cause);
        assertThat(finding.remedy()).contains(remedy);
        assertThat(finding.evidence()).anySatisfy(e -> assertThat(e.text()).contains(detail));
    }

    @Test
    void aRefusedTicketIsNoWrongPassword() {
        Finding finding = finding(new Failure.LoginRejected(
                "GSSAPI", true, "a1 NO [AUTHENTICATIONFAILED] no", Optional.of("AUTHENTICATIONFAILED")));

        assertThat(finding.cause()).isEqualTo(Cause.WRONG_CREDENTIALS);
        assertThat(finding.remedy()).doesNotContain("Password");
        assertThat(finding.field()).contains(Field.AUTHORIZATION_ID);
    }
}
