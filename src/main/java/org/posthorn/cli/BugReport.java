package org.posthorn.cli;

import java.util.ArrayList;
import java.util.List;

/** Where a bug showed itself. Messages of exceptions are left out: nobody vouches that they hold no secret. */
final class BugReport {
    private static final int MOST_CAUSES = 8;

    private BugReport() {}

    static List<String> lines(Throwable bug) {
        List<String> lines = new ArrayList<>();
        lines.add("Java " + Runtime.version() + " on " + System.getProperty("os.name"));
        Throwable each = bug;
        for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
            lines.add((depth == 0 ? "" : "caused by ") + each.getClass().getName());
            for (StackTraceElement frame : each.getStackTrace()) {
                lines.add("    at " + frame);
            }
            each = each.getCause();
        }
        return lines;
    }
}
