package org.posthorn.desktop.viewmodel.capabilities;

/** What a capability means, in a line, and where it is defined. */
record Meaning(String sentence, String rfc) {}
