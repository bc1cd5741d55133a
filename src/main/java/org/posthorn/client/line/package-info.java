/** What the three line engines have in common: the commands on the way to a login, and telling who speaks by a first line. */
@NullMarked
package org.posthorn.client.line;

import org.jspecify.annotations.NullMarked;
