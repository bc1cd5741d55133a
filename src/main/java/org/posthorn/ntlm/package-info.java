/**
 * NTLM's three messages ([MS-NLMP]), which mail servers and HTTP proxies carry each in their own way. This package sends
 * nothing and knows no server.
 */
@NullMarked
package org.posthorn.ntlm;

import org.jspecify.annotations.NullMarked;
