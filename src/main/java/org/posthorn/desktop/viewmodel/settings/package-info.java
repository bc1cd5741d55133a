/**
 * The form of one endpoint as it stands on the screen: a typed field for each setting, in sections.
 *
 * <p>A field knows how its setting is read from an {@link org.posthorn.account.Endpoint} and put into one; the form folds
 * all of them into the endpoint that Connect uses. Properties and collections of JavaFX only, no scene, no file, no network.
 */
@NullMarked
package org.posthorn.desktop.viewmodel.settings;

import org.jspecify.annotations.NullMarked;
