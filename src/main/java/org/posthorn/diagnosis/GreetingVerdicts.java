package org.posthorn.diagnosis;

import java.util.Arrays;
import org.posthorn.account.Field;
import org.posthorn.account.Protocol;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Phase;

/** No greeting, a refusal in its place, or another protocol's. */
final class GreetingVerdicts {
    private GreetingVerdicts() {}

    static Verdict of(Situation situation, Failure.GreetingTimeout failure) {
        return byProbe(situation, failure)
                .with("limit", Spans.text(failure.limit()))
                .seen(Phase.GREETING, "bytes", failure.received());
    }

    private static Verdict byProbe(Situation situation, Failure.GreetingTimeout failure) {
        if (situation.tlsInForce() || failure.received() > 0) {
            return late(0.8);
        }
        return switch (failure.probe()) {
            case TLS_ANSWERED -> plaintextOnTlsPort(0.95).seen(Phase.GREETING, "probe", "TLS");
            case PLAINTEXT_ANSWERED -> late(0.9).seen(Phase.GREETING, "probe", "plaintext");
            case NOT_NEEDED -> late(0.8);
            case SILENT, NOT_POSSIBLE -> situation.onImplicitTlsPort() ? plaintextOnTlsPort(0.7) : late(0.7);
        };
    }

    private static Verdict late(double confidence) {
        return Verdict.of(Cause.GREETING_TIMEOUT, confidence).by(Actor.SERVER).at(Field.GREETING_TIMEOUT);
    }

    static Verdict plaintextOnTlsPort(double confidence) {
        return Verdict.of(Cause.PLAINTEXT_ON_IMPLICIT_TLS_PORT, confidence).at(Field.SECURITY);
    }

    static Verdict of(Failure.GreetingRefused failure) {
        return Rule.first(ServerWords.ANYWHERE, Reply.of(failure.text()))
                .orElseGet(() -> Verdict.of(Cause.SERVER_UNAVAILABLE, 0.85));
    }

    static Verdict of(Failure.WrongProtocol failure) {
        return wrongServer(failure.spoken());
    }

    /** A web server is no mail server of another kind: nothing of what it says can be a greeting. */
    static Verdict wrongServer(String spoken) {
        boolean mail = Arrays.stream(Protocol.values())
                .anyMatch(protocol -> protocol.name().equals(spoken));
        Cause cause = spoken.startsWith("HTTP") ? Cause.PROTOCOL_VIOLATION : Cause.WRONG_SERVER;
        return Verdict.of(cause, mail ? "" : "otherService", 0.9)
                .by(Actor.USER)
                .at(Field.PORT)
                .with("spoken", spoken);
    }

    /** Whether the greeting names a host of somebody else than the provider that was asked for. */
    static boolean answeredByAnother(Situation situation) {
        return !situation.serverIsKnown()
                && Provider.ofHost(situation.endpoint().hostName())
                        .filter(provider -> namesAnother(provider, situation))
                        .isPresent();
    }

    private static boolean namesAnother(Provider provider, Situation situation) {
        return situation
                .timeline()
                .latest(Facts.Greeted.class)
                .flatMap(Facts.Greeted::text)
                .filter(text -> text.startsWith("220"))
                .map(text -> text.substring(3).replaceFirst("^[ -]", "").split("\\s+", 2)[0])
                .filter(name -> name.indexOf('.') > 0 && !provider.owns(name))
                .isPresent();
    }
}
