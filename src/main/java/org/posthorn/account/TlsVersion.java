package org.posthorn.account;

/** A TLS version that may be offered. */
public enum TlsVersion {
    TLS_1_2("1.2", "TLSv1.2"),
    TLS_1_3("1.3", "TLSv1.3");

    private final String number;
    private final String standardName;

    TlsVersion(String number, String standardName) {
        this.number = number;
        this.standardName = standardName;
    }

    /** The number as people say it: {@code 1.3}. */
    public String number() {
        return number;
    }

    /** The name in Java's and OpenSSL's lists: {@code TLSv1.3}. */
    public String standardName() {
        return standardName;
    }
}
