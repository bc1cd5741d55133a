/** The list of accounts: status marks, filter, and the commands on an account. */
@NullMarked
package org.posthorn.desktop.view.accounts;

import org.jspecify.annotations.NullMarked;
