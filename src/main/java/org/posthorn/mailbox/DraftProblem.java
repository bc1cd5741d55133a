package org.posthorn.mailbox;

/** What is wrong with one part of a message. */
public record DraftProblem(DraftField field, String sentence) {}
