package org.posthorn.desktop.viewmodel.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.Login;
import org.posthorn.account.Protocol;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;

/** Which phases stand on the rail, in which order: what has happened, and what is still to come by the settings. */
final class RailPlan {
    private final Endpoint endpoint;
    private final List<PhaseRecord> attempt;

    private RailPlan(Endpoint endpoint, List<PhaseRecord> attempt) {
        this.endpoint = endpoint;
        this.attempt = attempt;
    }

    static List<Phase> of(Endpoint endpoint, Timeline timeline) {
        return new RailPlan(endpoint, DecisiveAttempt.records(timeline)).phases();
    }

    private List<Phase> phases() {
        List<Phase> phases = new ArrayList<>(List.of(Phase.RESOLVE, Phase.CONNECT));
        if (happened(Phase.TUNNEL)) {
            phases.add(Phase.TUNNEL);
        }
        switch (form()) {
            case IMPLICIT -> phases.addAll(List.of(Phase.TLS, Phase.GREETING, Phase.CAPABILITIES));
            case STARTTLS -> phases.addAll(List.of(Phase.GREETING, Phase.CAPABILITIES, Phase.STARTTLS, Phase.TLS));
            case NONE -> phases.addAll(List.of(Phase.GREETING, Phase.CAPABILITIES));
        }
        if (happened(Phase.LOGIN) || !(endpoint.login() instanceof Login.None)) {
            phases.add(Phase.LOGIN);
        }
        phases.add(Phase.READY);
        return phases;
    }

    private enum Form {
        IMPLICIT,
        STARTTLS,
        NONE
    }

    private Form form() {
        return happenedForm().orElseGet(this::plannedForm);
    }

    /** What the attempt has shown of itself. */
    private Optional<Form> happenedForm() {
        if (happened(Phase.STARTTLS)) {
            return Optional.of(Form.STARTTLS);
        }
        if (happened(Phase.TLS)) {
            return Optional.of(Form.IMPLICIT);
        }
        // A sign-in at a browser comes before the connection, and tells nothing of its form.
        if ((happened(Phase.LOGIN) && happened(Phase.GREETING)) || happened(Phase.READY)) {
            return Optional.of(Form.NONE);
        }
        boolean greeted = happened(Phase.GREETING);
        return greeted && endpoint.security() != TlsMode.NONE ? Optional.of(Form.STARTTLS) : Optional.empty();
    }

    private Form plannedForm() {
        return switch (endpoint.security()) {
            case NONE -> Form.NONE;
            case IMPLICIT -> Form.IMPLICIT;
            case STARTTLS -> Form.STARTTLS;
            case ANY_TLS, AUTO -> (attemptNumber() == 1) == beginsWithStarttls() ? Form.STARTTLS : Form.IMPLICIT;
        };
    }

    private int attemptNumber() {
        return attempt.isEmpty() ? 1 : attempt.getFirst().attempt();
    }

    /** Implicit TLS is tried first, but on a registered STARTTLS port. */
    private boolean beginsWithStarttls() {
        Protocol protocol = endpoint.protocol();
        int port = endpoint.effectivePort();
        return port == protocol.defaultPort(TlsMode.STARTTLS) || (protocol == Protocol.SMTP && port == 25);
    }

    private boolean happened(Phase phase) {
        return attempt.stream().anyMatch(r -> r.phase() == phase);
    }
}
