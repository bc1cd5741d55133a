package org.posthorn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.client.CheckResult;
import org.posthorn.diagnosis.Diagnosis;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;

/** A message that was sent, and whether it was found; absent where that was not asked for or the message never left. */
record Sent(SendingResult sending, Optional<RoundTripResult> roundTrip) {

    /** Of what was refused first, then of the connection. */
    List<Finding> findings() {
        CheckResult session = sending.session();
        List<Finding> findings = new ArrayList<>();
        sending.refusals().stream()
                .map(refusal -> Diagnosis.of(
                        session.endpoint(),
                        session.timeline(),
                        refusal,
                        field -> OptionNames.beside(field, session.endpoint())))
                .forEach(findings::add);
        findings.addAll(ofSession());
        return findings;
    }

    /** What the connection says that the message went over. */
    List<Finding> ofSession() {
        Endpoint endpoint = sending.session().endpoint();
        return Diagnosis.of(endpoint, sending.session().timeline(), field -> OptionNames.beside(field, endpoint));
    }

    /** What the connection says over which it was looked for. */
    static List<Finding> of(RoundTripResult found) {
        Endpoint endpoint = found.session().endpoint();
        return Diagnosis.of(endpoint, found.session().timeline(), field -> OptionNames.besideFinding(field, endpoint));
    }

    ExitCode exitCode() {
        ExitCode sent = switch (sending.outcome()) {
            case SENT -> ExitCode.WELL;
            case PARTLY, REFUSED, UNCERTAIN, FAILED -> ExitCode.FAILURE_FOUND;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
        ExitCode found = roundTrip.map(Sent::exitCode).orElse(ExitCode.WELL);
        return found == ExitCode.INTERRUPTED || sent == ExitCode.WELL ? found : sent;
    }

    private static ExitCode exitCode(RoundTripResult found) {
        return switch (found.outcome()) {
            case FOUND -> ExitCode.WELL;
            case NOT_FOUND, FAILED -> ExitCode.FAILURE_FOUND;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }
}
