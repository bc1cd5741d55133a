/** The page of an SMTP endpoint that sends a test message. */
@NullMarked
package org.posthorn.desktop.view.message;

import org.jspecify.annotations.NullMarked;
