package org.carbomt.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.carbomt.api.forecast.Forecast;

/** Prints the table of docs/models.md. Argument: the folder of the recordings. */
public final class Figures {
    /** @param season steps of one. @param setting of the rehearsals */
    private record Series(String name, double[] values, int season, int seasons, Rehearsal.Setting setting) {}

    private Figures() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) throw new IllegalArgumentException("arguments: " + Arrays.toString(args) + ", expected the folder of the recordings");
        System.out.println("| series | method | chosen on: loss | then: values | loss | MAE | within 10-90 % |\n|---|---|--:|--:|--:|--:|--:|");
        for (var series : all(Path.of(args[0]))) {
            print(series);
            if (series.name.contains("short tons")) printServed(series);
        }
    }

    /** Burn-in to a half of the series, choice on the third quarter, report on the last. */
    private static void print(Series s) {
        int n = s.values.length;
        int from = Math.max(n / 2 - s.setting.stride() * (s.setting.memory() + 1), 3 * s.season);
        var choice = new ArrayList<Forecast.Score>();
        var last = new ArrayList<Forecast.Score>();
        for (var method : Contest.methods(s.season, s.seasons, s.setting.steps())) {
            new Rehearsal(method, s.setting).through(s.values, from, n / 2, n * 3 / 4).ifPresent(choice::add);
            new Rehearsal(method, s.setting).through(s.values, from, n * 3 / 4, n).ifPresent(last::add);
        }
        var chosen = Contest.ranked(choice).get(0).method();
        var best = Contest.ranked(last).get(0).method();
        for (var l : last) {
            var c = choice.stream().filter(x -> x.method().equals(l.method())).findFirst();
            var name = (l.method().equals(chosen) ? "**" + l.method() + "**" : l.method()) + (l.method().equals(best) ? " (best)" : "");
            System.out.printf(Locale.ROOT, "| %s | %s | %s | %d | %.3f | %.3f | %.1f %% |%n", s.name, name, c.map(x -> String.format(Locale.ROOT, "%.3f", x.pinball())).orElse("-"), l.hours(), l.pinball(), l.meanAbsoluteError(), l.withinPercent());
        }
    }

    private static List<Series> all(Path data) throws IOException {
        var list = new ArrayList<Series>();
        var day = new Rehearsal.Setting(24, 24, 7, 28, 0);
        for (var unit : List.of("afton-0001", "colstrip-3", "intermountain-1SGA", "lake-side-CT04", "san-juan-1")) list.add(new Series(unit + ", a day of hours, short tons", epa(data.resolve("epa-hourly-co2/" + unit + "-2020-01-08.csv")), 24, 7, day));
        list.add(new Series("Mauna Loa, a year of months, ppm", months(data.resolve("mauna-loa-co2/co2-ppm-daily-1958-to-2019.csv")), 12, 2, new Rehearsal.Setting(12, 12, 1, 28, 0)));
        list.add(new Series("indoor CO2, an hour of 5 minutes, ppm", fiveMinutes(data.resolve("indoor-co2")), 288, 1, new Rehearsal.Setting(12, 12, 12, 28, 0)));
        var turbine = new ArrayList<String>();
        for (int year = 2011; year <= 2013; year++) turbine.addAll(Files.readAllLines(data.resolve("gas-turbine/gt_" + year + ".csv")));
        list.add(new Series("gas turbine NOx, 24 records, mg/m3", column(turbine, 10), 24, 7, new Rehearsal.Setting(24, 24, 28, 28, 0)));
        list.add(new Series("gas turbine CO, 24 records, mg/m3", column(turbine, 9), 24, 7, new Rehearsal.Setting(24, 24, 28, 28, 0)));
        return list;
    }

    /** What the service would have served on each day of the last quarter: the method that was best then, from the days before it. */
    private static void printServed(Series s) {
        int n = s.values.length;
        var tally = new Tally();
        var served = new TreeMap<String, Integer>();
        int first = n * 3 / 4 + Math.floorMod(n / 2 - n * 3 / 4, Contest.DAY);
        for (int now = first; now + Contest.DAY <= n; now += Contest.DAY) {
            var result = Contest.run(Arrays.copyOfRange(s.values, Math.max(0, now - Contest.MOST_DAYS * Contest.DAY), now));
            if (result.isEmpty()) continue;
            served.merge(result.get().judged().get(0).method(), 1, Integer::sum);
            for (int h = 0; h < Contest.DAY; h++) tally.add(result.get().band()[h], s.values[now + h]);
        }
        var score = tally.score("served");
        System.out.printf(Locale.ROOT, "| %s | as served %s | | %d | %.3f | %.3f | %.1f %% |%n", s.name, served, score.hours(), score.pinball(), score.meanAbsoluteError(), score.withinPercent());
    }

    private static double[] column(List<String> lines, int index) {
        return lines.stream().mapToDouble(l -> Double.parseDouble(l.split(",")[index])).toArray();
    }

    /** Measured and idle hours; substitutes are missing, as in the service. */
    private static double[] epa(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        return lines.stream().skip(1).map(l -> l.split(",", -1)).mapToDouble(c -> Double.parseDouble(c[2]) == 0 ? 0 : c[10].equals("Measured") ? Double.parseDouble(c[9]) : Double.NaN).toArray();
    }

    private static double[] months(Path file) throws IOException {
        var sums = new TreeMap<Integer, double[]>();
        for (var line : Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
            int month = Integer.parseInt(line.substring(0, 4)) * 12 + Integer.parseInt(line.substring(5, 7)) - 1;
            add(sums, month, Double.parseDouble(line.substring(line.indexOf(',') + 1)));
        }
        return means(sums);
    }

    /** The earlier file is the one named test. */
    private static double[] fiveMinutes(Path folder) throws IOException {
        var sums = new TreeMap<Integer, double[]>();
        for (var name : List.of("datatest.txt", "datatraining.txt")) {
            for (var line : Files.readAllLines(folder.resolve(name)).stream().skip(1).toList()) {
                var cells = line.replace("\"", "").split(",");
                var time = java.time.LocalDateTime.parse(cells[1].replace(' ', 'T')).toEpochSecond(java.time.ZoneOffset.UTC);
                add(sums, (int) (time / 300), Double.parseDouble(cells[5]));
            }
        }
        return means(sums);
    }

    private static void add(TreeMap<Integer, double[]> sums, int at, double value) {
        var sum = sums.computeIfAbsent(at, k -> new double[2]);
        sum[0] += value;
        sum[1]++;
    }

    private static double[] means(TreeMap<Integer, double[]> sums) {
        var means = new double[sums.lastKey() - sums.firstKey() + 1];
        Arrays.fill(means, Double.NaN);
        sums.forEach((at, sum) -> means[at - sums.firstKey()] = sum[0] / sum[1]);
        return means;
    }
}
