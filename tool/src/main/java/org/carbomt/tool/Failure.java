package org.carbomt.tool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Ends a command with a sentence for its user and an exit code. */
public final class Failure extends RuntimeException {
    private final int exitCode;

    private Failure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** What was read cannot be used. */
    public static Failure refused(String sentence) {
        return new Failure(Exit.REFUSED, sentence);
    }

    /** The command was not called as it should be. */
    public static Failure usage(String sentence) {
        return new Failure(Exit.USAGE, sentence);
    }

    /** @param file as the user named it */
    public static Failure unreadable(String file, IOException cause) {
        var why = cause instanceof NoSuchFileException ? "there is no such file" : cause instanceof AccessDeniedException ? "permission denied" : cause.getMessage();
        return new Failure(Exit.UNREADABLE, file + ": cannot be read: " + why);
    }

    public int exitCode() {
        return exitCode;
    }
}
