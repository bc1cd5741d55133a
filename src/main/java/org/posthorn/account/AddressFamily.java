package org.posthorn.account;

/** Which addresses of a host are tried. */
public enum AddressFamily {
    ANY,
    IPV4,
    IPV6
}
