package org.carbomt.tool.output;

/** How results are written. */
public enum Format {
    /** Aligned columns, for people. */
    TABLE,
    JSON,
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
