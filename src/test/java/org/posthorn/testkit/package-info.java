/** What tests of several packages stand on: servers that follow a script, certificates, and ways to wait without sleeping. */
@NullMarked
package org.posthorn.testkit;

import org.jspecify.annotations.NullMarked;
