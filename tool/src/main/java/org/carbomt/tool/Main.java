package org.carbomt.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code java -jar carbomt.jar COMMAND}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Output may be millions of lines, so it is buffered and flushed once; what goes wrong is seen at once.
        var out = new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = Tool.run(new Streams(System.in, out, err), args);
        out.flush();
        System.exit(code);
    }
}
