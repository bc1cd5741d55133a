/**
 * The command line: one thin command per file over the same engine that the window uses.
 *
 * <p>Standard output holds the result and nothing else; what a person should know besides goes to standard error. Exit codes:
 * 0 all went well, 1 the check found a failure, 2 wrong usage, 3 a bug in Posthorn, 130 interrupted. JavaFX is never loaded
 * from here, and no command ends the program: that is {@link org.posthorn.Main}'s.
 */
@NullMarked
package org.posthorn.cli;

import org.jspecify.annotations.NullMarked;
