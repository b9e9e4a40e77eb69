package org.carbomt.benchmarks;

import java.util.Locale;

/** Rows of a Markdown table, printed as they are known. */
final class Table {
    /** Beside a peer. @param aim least ratio; 0 for none */
    void beside(String what, Series ours, Series peer, double aim) {
        var ratio = ours.over(peer);
        row(what, ours.text(0), peer.text(0), ratio.text(2), aim > 0 ? String.format(Locale.ROOT, "≥ %.1f", aim) : "", aim > 0 ? ratio.median() >= aim ? "yes" : "**no**" : "");
    }

    /** Against a limit. @param limit what it must stay below; 0 for none */
    void below(String what, Series ours, int decimals, String unit, double limit) {
        row(what, ours.text(decimals) + " " + unit, "", "", limit > 0 ? String.format(Locale.ROOT, "< %.0f %s", limit, unit) : "", limit > 0 ? ours.median() < limit ? "yes" : "**no**" : "");
    }

    /** What could not be measured is a row too. */
    void missing(String what, String why) {
        row(what, "not measured: " + why, "", "", "", "**no**");
    }

    private static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
        System.out.flush();
    }
}
