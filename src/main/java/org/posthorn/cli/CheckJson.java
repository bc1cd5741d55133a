package org.posthorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.account.Endpoint;
import org.posthorn.account.TlsMode;
import org.posthorn.client.CheckOutcome;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.client.PipeliningState;
import org.posthorn.diagnosis.Evidence;
import org.posthorn.diagnosis.Finding;
import org.posthorn.diagnosis.SaslError;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.LoginAnswer;
import org.posthorn.timeline.Phase;
import org.posthorn.timeline.PhaseRecord;
import org.posthorn.timeline.Timeline;
import org.posthorn.timeline.TlsFacts;

/** A check as the object that {@code check --json} prints. A name never changes within one number of the schema. */
final class CheckJson {
    static final int SCHEMA = 1;

    private CheckJson() {}

    static Map<String, Object> of(CheckResult result, List<Finding> findings, LoginGuard guard) {
        Timeline timeline = result.timeline();
        Optional<Finding> cause =
                timeline.failure().isPresent() ? findings.stream().findFirst() : Optional.empty();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("endpoint", endpoint(result.endpoint()));
        json.put("outcome", word(result.outcome()));
        json.put("securityInForce", result.securityInForce().word());
        json.put("phases", timeline.records().stream().map(CheckJson::phase).toList());
        json.put("states", states(timeline));
        json.put("greeting", timeline.latest(Facts.Greeted.class).flatMap(Facts.Greeted::text));
        json.put("tls", tls(result, cause));
        json.put("capabilities", capabilities(timeline));
        json.put("pipelining", result.pipelining().map(CheckJson::pipelining));
        json.put("login", timeline.latest(Facts.LoggedIn.class).map(login -> login(login, result, guard)));
        json.put("failure", timeline.failure().flatMap(failure -> cause.map(found -> failure(failure, found))));
        json.put("findings", findings.stream().map(CheckJson::finding).toList());
        return json;
    }

    /** Milliseconds in each state, in the order of a connection's life. */
    private static Map<String, Object> states(Timeline timeline) {
        Map<String, Object> json = new LinkedHashMap<>();
        timeline.times()
                .spent()
                .forEach((state, span) -> json.put(state.name().toLowerCase(Locale.ROOT), FactsJson.millis(span)));
        return json;
    }

    static String word(CheckOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> endpoint(Endpoint endpoint) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", endpoint.protocol().word());
        json.put("host", endpoint.hostName());
        json.put("port", endpoint.effectivePort());
        json.put("security", endpoint.security().word());
        return json;
    }

    private static Map<String, Object> phase(PhaseRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("phase", record.phase().word());
        json.put("attempt", record.attempt());
        json.put("outcome", record.outcome().word());
        json.put("millis", FactsJson.millis(record.elapsed()));
        json.put("facts", FactsJson.of(record.facts()));
        record.failure().ifPresent(failure -> json.put("failure", failure.kind()));
        return json;
    }

    /** An attempt with TLS that was given up for another form does not count. */
    private static Optional<Map<String, Object>> tls(CheckResult result, Optional<Finding> cause) {
        boolean decisive = result.timeline().failure().map(Failure::stage).equals(Optional.of(Phase.TLS));
        if (result.securityInForce() == TlsMode.NONE && !decisive && !underTls(result.timeline())) {
            return Optional.empty();
        }
        return result.timeline().latest(TlsFacts.class).map(tls -> {
            Map<String, Object> json = FactsJson.tls(tls);
            json.put("problem", decisive ? cause.map(Finding::user) : Optional.empty());
            return json;
        });
    }

    /** Whether the last attempt had its handshake, also when it failed later. */
    private static boolean underTls(Timeline timeline) {
        return timeline.last(Phase.TLS)
                .filter(tls -> tls.failure().isEmpty())
                .filter(tls -> tls.attempt() == timeline.records().getLast().attempt())
                .isPresent();
    }

    private static Map<String, Object> capabilities(Timeline timeline) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Facts.Stage stage : Facts.Stage.values()) {
            json.put(FactsJson.word(stage), timeline.capabilities(stage));
        }
        return json;
    }

    private static Map<String, Object> pipelining(PipeliningState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("setting", state.setting().name().toLowerCase(Locale.ROOT));
        json.put("supported", state.supported());
        json.put("inForce", state.inForce());
        return json;
    }

    private static Map<String, Object> login(Facts.LoggedIn login, CheckResult result, LoginGuard guard) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mechanism", login.mechanism());
        json.put("user", login.user());
        json.put(
                "outcome",
                login.answer()
                        .map(CheckJson::outcome)
                        .orElse(result.outcome() == CheckOutcome.CANCELLED ? "cancelled" : "failed"));
        json.put("serverText", login.text());
        if (login.answer().orElse(null) instanceof LoginAnswer.Rejected rejected) {
            json.put("code", rejected.code());
            json.put("mechanismList", rejected.offer().word());
            json.put("refusals", guard.refusals(result.endpoint()));
            json.put(
                    "nextSafeAt",
                    guard.caution(result.endpoint())
                            .map(caution -> caution.safeFrom().toString()));
        }
        return json;
    }

    private static String outcome(LoginAnswer answer) {
        return switch (answer) {
            case LoginAnswer.Accepted _ -> "accepted";
            case LoginAnswer.Rejected _ -> "rejected";
        };
    }

    private static Map<String, Object> failure(Failure failure, Finding cause) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stage", failure.stage().word());
        json.put("kind", failure.kind());
        json.put("serverText", failure.serverText());
        if (failure instanceof Failure.LoginRejected rejected) {
            rejected.saslError().ifPresent(error -> json.put("saslError", saslError(SaslError.of(error))));
        }
        json.put("cause", cause.cause().code());
        json.put("remedy", cause.remedy());
        return json;
    }

    private static Map<String, Object> saslError(SaslError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", error.text());
        json.putAll(error.members());
        return json;
    }

    static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cause", finding.cause().code());
        json.put("severity", finding.severity().word());
        json.put("confidence", finding.confidence());
        json.put("user", finding.user());
        json.put("admin", finding.admin());
        json.put("evidence", finding.evidence().stream().map(Evidence::text).toList());
        json.put("remedy", finding.remedy());
        json.put("actor", finding.actor().word());
        return json;
    }
}
