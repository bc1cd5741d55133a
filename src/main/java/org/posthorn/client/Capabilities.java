package org.posthorn.client;

import java.util.List;
import org.posthorn.account.TlsMode;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Timeline;

/**
 * What the server announced at each stage, as it wrote it and in its order; a stage that did not happen is empty.
 *
 * @param beforeTls kept for show: anything learnt before TLS is not believed after it (RFC 9051 §6.2.1)
 */
public record Capabilities(List<String> beforeTls, List<String> afterTls, List<String> afterLogin) {
    /** What counts now: the last stage that was reached, and under TLS never what was said before it. */
    public static List<String> inForce(Timeline timeline) {
        List<String> afterLogin = timeline.capabilities(Facts.Stage.AFTER_LOGIN);
        if (!afterLogin.isEmpty()) {
            return afterLogin;
        }
        return timeline.capabilities(
                timeline.securityInForce() == TlsMode.NONE ? Facts.Stage.BEFORE_TLS : Facts.Stage.AFTER_TLS);
    }

    static Capabilities of(Timeline timeline) {
        return new Capabilities(
                timeline.capabilities(Facts.Stage.BEFORE_TLS),
                timeline.capabilities(Facts.Stage.AFTER_TLS),
                timeline.capabilities(Facts.Stage.AFTER_LOGIN));
    }
}
