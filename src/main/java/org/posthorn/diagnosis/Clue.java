package org.posthorn.diagnosis;

import org.posthorn.timeline.Phase;

/**
 * Evidence before it is put into words.
 *
 * @param sentence its name in the bundle, below {@code evidence}
 * @param value the one thing that the sentence names
 */
record Clue(Phase phase, String sentence, String value) {}
