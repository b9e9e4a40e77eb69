package org.carbomt.api.telemetry;

import java.util.Map;
import java.util.TreeMap;

/**
 * One figure with its name, by the naming rules of Prometheus (prometheus.io/docs/practices/naming): base units in the name, a counter ends in {@code _total}.
 *
 * @param name {@code carbomt_} and lower-case words, e.g. {@code carbomt_journal_entries_total}
 * @param help one sentence, the same for all figures of that name
 * @param value finite, or NaN for 'not known'
 * @param labels few values each: never a device, a person or an account
 */
public record Metric(String name, Kind kind, String help, double value, Map<String, String> labels) {
    /** A counter only grows, and begins at 0 when its part starts; a gauge goes up and down. */
    public enum Kind { COUNTER, GAUGE }

    public Metric {
        if (name == null || !name.matches("carbomt(_[a-z0-9]+)+")) throw new IllegalArgumentException("metric name '" + name + "', expected carbomt_ and lower-case words");
        if (kind == Kind.COUNTER != name.endsWith("_total")) throw new IllegalArgumentException("metric '" + name + "' is a " + kind + ": a counter ends in _total, a gauge does not");
        for (var label : labels.keySet()) if (!label.matches("[a-z][a-z0-9_]*")) throw new IllegalArgumentException("label '" + label + "' of metric '" + name + "', expected a lower-case word");
        labels = Map.copyOf(labels);
    }

    /** @param labels name and value in turns */
    public static Metric counter(String name, String help, double value, String... labels) {
        return new Metric(name, Kind.COUNTER, help, value, pairs(labels));
    }

    /** @param labels name and value in turns */
    public static Metric gauge(String name, String help, double value, String... labels) {
        return new Metric(name, Kind.GAUGE, help, value, pairs(labels));
    }

    private static Map<String, String> pairs(String... labels) {
        if (labels.length % 2 != 0) throw new IllegalArgumentException("labels: expected name and value in turns");
        var map = new TreeMap<String, String>();
        for (int i = 0; i < labels.length; i += 2) map.put(labels[i], labels[i + 1]);
        return map;
    }
}
