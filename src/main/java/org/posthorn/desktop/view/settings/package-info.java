/** The form of one endpoint: a card for each section, a row for each field, drawn by the type of the field. */
@NullMarked
package org.posthorn.desktop.view.settings;

import org.jspecify.annotations.NullMarked;
