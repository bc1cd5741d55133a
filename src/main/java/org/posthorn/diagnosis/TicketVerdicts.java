package org.posthorn.diagnosis;

import java.util.Locale;
import org.posthorn.account.Field;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** A login as the current user for which there is no ticket; Kerberos says why in words and numbers of its own. */
final class TicketVerdicts {
    private TicketVerdicts() {}

    static Verdict of(Failure.NoTicket failure) {
        return judge(failure.detail().toLowerCase(Locale.ROOT))
                .with("detail", failure.detail())
                .seen(Phase.LOGIN, "system", failure.detail());
    }

    private static Verdict judge(String detail) {
        if (detail.contains("skew")) {
            return Verdict.of(Cause.CLOCK_WRONG, 0.95);
        }
        if (detail.contains("not found in kerberos database")) {
            return Verdict.of(Cause.KERBEROS_TICKET_MISSING, "service", 0.9).at(Field.HOST);
        }
        if (detail.contains("kdc") || detail.contains("realm")) {
            return Verdict.of(Cause.KERBEROS_TICKET_MISSING, "kdc", 0.8).by(Actor.ADMIN);
        }
        return Verdict.of(Cause.KERBEROS_TICKET_MISSING, 0.9).at(Field.LOGIN);
    }
}
