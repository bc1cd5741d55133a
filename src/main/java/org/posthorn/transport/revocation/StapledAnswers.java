package org.posthorn.transport.revocation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.timeline.Revocation;

/**
 * The answers that a server sent in its handshake, in TLS 1.3 one for each certificate and before for its own alone. Which
 * belongs to which is seen only in what they say.
 */
public final class StapledAnswers {
    private final List<byte[]> answers;
    private final Instant now;

    public StapledAnswers(List<byte[]> answers, Instant now) {
        this.answers = List.copyOf(answers);
        this.now = now;
    }

    /** What they say; nothing of a certificate above the server's that none speaks of. */
    public List<Revocation> about(List<Issued> certificates) {
        return certificates.stream().flatMap(issued -> about(issued).stream()).toList();
    }

    private Optional<Revocation> about(Issued issued) {
        List<Revocation> judged = answers.stream()
                .map(der -> OcspAnswer.judge(issued, der, Revocation.Source.STAPLED, "", now))
                .toList();
        Stream<Revocation> unknown = issued.link() == 0 ? judged.stream() : Stream.empty();
        return judged.stream()
                .filter(it -> it.status() != Revocation.Status.UNKNOWN)
                .findFirst()
                .or(unknown::findFirst);
    }
}
