package org.posthorn.cli;

/** Options that cannot be carried out; the message is the sentence for the person who typed them. */
final class UsageMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageMistake(String sentence) {
        super(sentence, null, false, false);
    }
}
