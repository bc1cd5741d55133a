package org.posthorn.desktop.view.picture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.testfx.util.WaitForAsyncUtils;

/** Waits for what the window will show. */
public final class Waiting {
    private Waiting() {}

    /** Returns once the condition holds, asked on the toolkit's thread; fails after a minute, since a busy machine takes its time. */
    public static void await(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    60,
                    TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
        } catch (TimeoutException late) {
            throw new AssertionError("the window did not come to it", late);
        }
    }
}
