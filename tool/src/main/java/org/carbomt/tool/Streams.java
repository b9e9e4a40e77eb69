package org.carbomt.tool;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes; its results go to {@code out}, everything else to {@code err}. */
public record Streams(InputStream in, PrintStream out, PrintStream err) {}
