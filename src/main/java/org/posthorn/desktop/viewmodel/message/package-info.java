/**
 * The page that sends a test message: what a person types, what each recipient's server answered, and the message's way to its
 * mailbox. Knows no scene.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.message;

import org.jspecify.annotations.NullMarked;
