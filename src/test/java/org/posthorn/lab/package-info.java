/**
 * Checks of the real servers of the lab, and of its faults: what the program says of them, compared with what is known of
 * them and with what other clients see. Runs with {@code mvn test -Plab} only.
 */
@NullMarked
package org.posthorn.lab;

import org.jspecify.annotations.NullMarked;
