package org.posthorn.sasl;

/** How the password answers NTLM's challenge. */
enum NtlmVersion {
    /** By DES; old servers know no other. */
    V1,
    /** By HMAC-MD5 over both sides' challenges and the time. */
    V2
}
