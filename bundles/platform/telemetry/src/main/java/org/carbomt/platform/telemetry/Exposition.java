package org.carbomt.platform.telemetry;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carbomt.api.telemetry.Metric;

/** Figures as a text that Prometheus reads: its own format, or OpenMetrics 1.0 where the reader asks for it. */
final class Exposition {
    private static final String TOTAL = "_total";

    private Exposition() {}

    /** Of figures with the same name and labels (a part and its successor, for a moment) the first counts. */
    static List<MetricSnapshot> snapshots(List<Metric> metrics) {
        var byName = new TreeMap<String, Map<Map<String, String>, Metric>>();
        for (var m : metrics) byName.computeIfAbsent(m.name(), n -> new LinkedHashMap<>()).putIfAbsent(m.labels(), m);
        var out = new ArrayList<MetricSnapshot>();
        byName.values().forEach(same -> out.add(snapshot(List.copyOf(same.values()))));
        return out;
    }

    private static MetricSnapshot snapshot(List<Metric> same) {
        var first = same.get(0);
        if (first.kind() == Metric.Kind.GAUGE) {
            var gauge = GaugeSnapshot.builder().name(first.name()).help(first.help());
            for (var m : same) gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(m.value()).labels(labels(m)).build());
            return gauge.build();
        }
        var counter = CounterSnapshot.builder().name(first.name().substring(0, first.name().length() - TOTAL.length())).help(first.help());
        for (var m : same) counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().value(m.value()).labels(labels(m)).build());
        return counter.build();
    }

    private static Labels labels(Metric m) {
        var sorted = new TreeMap<>(m.labels());
        return Labels.of(sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
    }

    static String contentType(String accept) {
        return openMetrics(accept) ? OpenMetricsTextFormatWriter.CONTENT_TYPE : PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    static void write(String accept, List<MetricSnapshot> snapshots, OutputStream out) throws IOException {
        var all = new MetricSnapshots(snapshots);
        if (openMetrics(accept)) new OpenMetricsTextFormatWriter(false, true).write(out, all);
        else new PrometheusTextFormatWriter(false).write(out, all);
    }

    private static boolean openMetrics(String accept) {
        return accept != null && accept.contains("application/openmetrics-text");
    }
}
