package org.posthorn.desktop.view.connection;

import java.util.function.Consumer;
import org.posthorn.account.Field;
import org.posthorn.timeline.Phase;

/**
 * Where a click on a page of connections leads.
 *
 * @param onPhase shows the log lines of a phase
 * @param onConnection shows the log lines of a connection alone
 * @param onField shows a field of the form
 */
public record ConnectionLinks(Consumer<Phase> onPhase, Consumer<Integer> onConnection, Consumer<Field> onField) {}
