package org.posthorn.account;

/** A TLS version that may be offered, the oldest first. */
public enum TlsVersion {
    TLS_1_0("1.0", "TLSv1"),
    TLS_1_1("1.1", "TLSv1.1"),
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

    /** A version in Java's names as people say it: {@code TLS 1.0} for {@code TLSv1}. */
    public static String spoken(String standardName) {
        return standardName.equals(TLS_1_0.standardName) ? "TLS 1.0" : standardName.replace("TLSv", "TLS ");
    }

    /** Whether it must not be used any more (RFC 8996) and is offered only where a person asks for it by name. */
    public boolean isObsolete() {
        return compareTo(TLS_1_2) < 0;
    }
}
