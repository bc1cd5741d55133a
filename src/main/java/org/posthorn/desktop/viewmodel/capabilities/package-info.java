/**
 * What the server can do, as a table: a row for each capability, the stages at which it was announced, and what it means.
 *
 * <p>Capabilities are shown as they came; one that is not in the registries is shown without a meaning, never left out.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.capabilities;

import org.jspecify.annotations.NullMarked;
