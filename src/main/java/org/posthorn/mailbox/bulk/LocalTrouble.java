package org.posthorn.mailbox.bulk;

/** Trouble on this machine that ends the work whatever the server does; its message is a sentence for a person. */
final class LocalTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String sentence;

    LocalTrouble(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
