/**
 * Real mail servers for tests: the Java side of {@code src/test/lab}. A test class that is marked {@link
 * org.posthorn.testkit.lab.WithLab} takes a {@link org.posthorn.testkit.lab.Lab} as a parameter. Knows nothing of the
 * program under test.
 */
@NullMarked
package org.posthorn.testkit.lab;

import org.jspecify.annotations.NullMarked;
