package org.posthorn.desktop.viewmodel.connection;

import java.util.Optional;
import org.posthorn.account.Field;

/**
 * What should be known although it did not end the session.
 *
 * @param warning whether it should be changed; otherwise it is only worth knowing
 * @param sentence what it is
 * @param change what to change
 * @param field the form field that is the remedy, where one is
 */
public record Remark(boolean warning, String sentence, String change, Optional<Field> field) {}
