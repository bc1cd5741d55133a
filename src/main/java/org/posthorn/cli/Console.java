package org.posthorn.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/** What a command has around it. */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {}
