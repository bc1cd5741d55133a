package org.posthorn.desktop.viewmodel.settings;

/** One of the values that can be chosen, and its name on the form. */
public record Option<T>(T value, String label) {}
