/** What a person can learn about this copy of Posthorn, without scene classes. */
@NullMarked
package org.posthorn.desktop.viewmodel.about;

import org.jspecify.annotations.NullMarked;
