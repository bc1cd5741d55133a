/** One account: its header with the endpoints, and the pages of the endpoint that is shown. */
@NullMarked
package org.posthorn.desktop.view.account;

import org.jspecify.annotations.NullMarked;
