package org.posthorn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.posthorn.account.Secret;

/**
 * LOGIN: user name, then password, each as the answer to a prompt. Never standardised; the prompts' words differ between
 * servers and are not looked at, only their order counts (draft-murchison-sasl-login-00 §2).
 */
final class LoginMechanism implements SaslMechanism {
    private final Deque<Secret> answers;

    LoginMechanism(String user, Secret password) {
        this.answers = new ArrayDeque<>(List.of(Secret.of(user), password));
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    /** Prompts come unencoded from some servers. */
    @Override
    public boolean takesWords() {
        return true;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> respond(byte[] challenge) {
        return Optional.ofNullable(answers.poll()).map(a -> a.reveal().getBytes(StandardCharsets.UTF_8));
    }
}
