package org.posthorn.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.timeline.Facts;
import org.posthorn.timeline.Timeline;

/** Tells on standard error what a person has to do for a token, once. */
final class SignInPrompt implements Consumer<Timeline> {
    private final Paper err;
    private Optional<Facts.SignIn> told = Optional.empty();

    SignInPrompt(Paper err) {
        this.err = err;
    }

    @Override
    public void accept(Timeline timeline) {
        Optional<Facts.SignIn> awaited =
                timeline.latest(Facts.TokenSought.class).flatMap(Facts.TokenSought::signIn);
        if (awaited.isPresent() && !awaited.equals(told)) {
            told = awaited;
            tell(awaited.get());
        }
    }

    private void tell(Facts.SignIn signIn) {
        signIn.code()
                .ifPresentOrElse(
                        code -> {
                            err.line("posthorn: open " + signIn.address() + " in a browser and type the code");
                            err.line("");
                            err.line("    " + code);
                            err.line("");
                        },
                        () -> err.line("posthorn: sign in in the browser; if none opens, open this address: "
                                + signIn.address()));
    }
}
