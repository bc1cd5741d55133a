/**
 * What a person types: accounts, endpoints and their settings as immutable records.
 *
 * <p>Everything else may use this package; it uses nothing of Posthorn. A setting that is wrong is a {@link
 * org.posthorn.account.Problem} naming its field, never an exception, so that a form can show all of them at once.
 */
@NullMarked
package org.posthorn.account;

import org.jspecify.annotations.NullMarked;
