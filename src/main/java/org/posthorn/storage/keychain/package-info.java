/**
 * The operating system's keychain: libsecret on Linux, the login keychain of macOS, the credentials of Windows.
 *
 * <p>Each is the system's own library, called in this process: no secret is ever the argument or in the environment of a
 * program, and no library has to be shipped, unpacked or signed. Nothing else of Posthorn leaves Java, and this package
 * knows nothing of accounts: a name goes in, a secret comes back.
 */
@NullMarked
package org.posthorn.storage.keychain;

import org.jspecify.annotations.NullMarked;
