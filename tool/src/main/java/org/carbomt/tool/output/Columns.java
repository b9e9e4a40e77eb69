package org.carbomt.tool.output;

import java.util.List;

/** Aligned columns whose widths are known beforehand, so that lines can be written as they come. */
public final class Columns {
    private final int[] widths;

    /** @param headers each column is at least that wide. @param least width of a column, one for each header */
    public Columns(List<String> headers, int... least) {
        widths = new int[headers.size()];
        for (int i = 0; i < widths.length; i++) widths[i] = Math.max(headers.get(i).length(), least[i]);
    }

    public String line(List<String> cells) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) line.append("  ");
            line.append(cells.get(i));
            if (i < cells.size() - 1) line.append(" ".repeat(Math.max(0, widths[i] - cells.get(i).length())));
        }
        return line.toString().stripTrailing() + '\n';
    }
}
