package org.posthorn.desktop.viewmodel.message;

/** A server that the message went through; what it did not say of itself is empty. */
public record HopRow(String delay, String from, String by, String with, String id) {}
