package org.posthorn.account;

/**
 * Something wrong with one setting, found before connecting.
 *
 * @param sentence what is wrong and what to do, as shown under the field
 * @param severity whether the setting can be used as it stands
 */
public record Problem(Field field, Severity severity, String sentence) {

    public enum Severity {
        /** The endpoint cannot be used. */
        ERROR,
        /** It can be used, but is probably not what was meant. */
        WARNING
    }

    static Problem error(Field field, String sentence) {
        return new Problem(field, Severity.ERROR, sentence);
    }

    static Problem warning(Field field, String sentence) {
        return new Problem(field, Severity.WARNING, sentence);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
