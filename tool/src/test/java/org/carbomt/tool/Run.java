package org.carbomt.tool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One call of the program within this process: exit code and what it wrote. */
public record Run(int code, String out, String err) {
    public static Run of(String... args) {
        return of(new byte[0], args);
    }

    public static Run of(byte[] in, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Tool.run(new Streams(new ByteArrayInputStream(in), new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)), args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The hardware profiles as shipped. */
    public static String profiles() {
        return resource("hardware-profiles");
    }

    /** A file or folder of the test resources. */
    public static String resource(String name) {
        return Path.of("target", "test-classes", name).toString();
    }

    public static String text(String resource) {
        try {
            return Files.readString(Path.of(resource(resource)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
