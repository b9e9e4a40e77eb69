package org.carbomt.tool;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes; its results go to {@code out}, everything else to {@code err}. */
public record Streams(InputStream in, PrintStream out, PrintStream err) {
    /** Says on stderr what is wrong. */
    void complain(String sentence) {
        err.println("carbomt: " + printable(sentence));
    }

    /** One line without control characters: what a file says of itself must not steer a terminal. */
    public static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) return text;
        var out = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) out.append("\\x%02x".formatted(c));
            else out.append((char) c);
        });
        return out.toString();
    }
}
