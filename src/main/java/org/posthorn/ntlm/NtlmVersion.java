package org.posthorn.ntlm;

/** How the password answers NTLM's challenge. */
public enum NtlmVersion {
    /** By DES; old servers know no other. */
    V1,
    /** By HMAC-MD5 over both sides' challenges and the time. */
    V2
}
