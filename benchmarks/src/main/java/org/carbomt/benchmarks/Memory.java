package org.carbomt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a process holds, MB (10^6 bytes): resident as the kernel counts it, and the part of the Java heap in use (dead objects included: no collection is asked for). */
record Memory(double resident, double heapUsed, int threads) {
    static Memory of(long pid, Path work) throws IOException {
        var status = Files.readString(Path.of("/proc/" + pid + "/status"));
        var heap = Processes.run(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), "" + pid, "GC.heap_info"), work.resolve("jcmd.log"), 60);
        double used = 0;
        // serial: one line a generation; G1: one line for all
        for (var m = Pattern.compile("(?m)^ *(?:def new generation|tenured generation|garbage-first heap|par new generation).* used (\\d+)K").matcher(heap); m.find();) used += Long.parseLong(m.group(1)) * 1024 / 1e6;
        return new Memory(number(status, "VmRSS:\\s*(\\d+) kB") * 1024 / 1e6, used, (int) number(status, "Threads:\\s*(\\d+)"));
    }

    private static long number(String text, String pattern) {
        var m = Pattern.compile(pattern).matcher(text);
        if (!m.find()) throw new IllegalStateException("no '" + pattern + "' in: " + text);
        return Long.parseLong(m.group(1));
    }
}
