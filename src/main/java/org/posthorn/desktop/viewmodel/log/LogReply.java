package org.posthorn.desktop.viewmodel.log;

/**
 * A reply of several lines, at its first line.
 *
 * @param hidden how many lines are folded away; 0 while it is not folded
 */
public record LogReply(long hidden) {
    public boolean isFolded() {
        return hidden > 0;
    }
}
