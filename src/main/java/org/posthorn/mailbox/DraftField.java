package org.posthorn.mailbox;

/** A part of a message that a person fills in. */
public enum DraftField {
    FROM("From"),
    TO("To"),
    CC("Cc"),
    BCC("Bcc"),
    SUBJECT("Subject"),
    ATTACHMENT("Attachment"),
    NOTIFICATION("Notify on");

    private final String label;

    DraftField(String label) {
        this.label = label;
    }

    /** The name on the form. */
    public String label() {
        return label;
    }
}
