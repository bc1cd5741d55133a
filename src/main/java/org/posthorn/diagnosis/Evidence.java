package org.posthorn.diagnosis;

import org.posthorn.timeline.Phase;

/**
 * A fact that a finding rests on.
 *
 * @param phase where it was learnt, so that a reader can go to its log lines
 */
public record Evidence(Phase phase, String text) {}
