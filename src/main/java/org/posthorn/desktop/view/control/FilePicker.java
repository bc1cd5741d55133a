package org.posthorn.desktop.view.control;

import java.nio.file.Path;
import java.util.Optional;

/** Asks a person for a file; apart from the toolkit's dialog, which a test cannot answer. */
public interface FilePicker {

    /** Where to write a file; empty when the person thinks better of it. */
    Optional<Path> save(String title, String suggestedName);
}
