package org.carbomt.tool;

/** The program's exit codes; {@code --help} and docs/tool.md list them. */
public final class Exit {
    public static final int OK = 0;
    /** The input says something that cannot be right; or a proof is broken. */
    public static final int REFUSED = 1;
    public static final int USAGE = 2;
    /** A file that is not there, cannot be read, or a disk that failed. */
    public static final int UNREADABLE = 3;
    /** A proof of which nothing is broken, but not all could be checked. */
    public static final int UNCHECKED = 4;
    /** Our own fault. */
    public static final int DEFECT = 70;

    private Exit() {}
}
