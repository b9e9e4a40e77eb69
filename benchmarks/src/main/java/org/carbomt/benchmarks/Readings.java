package org.carbomt.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Readings of a stack analyser. No two rows of a device have the same time, in all of a run, since a reading that comes twice is stored once. A row every
 * quarter of a second, from September 2001 on.
 */
final class Readings {
    static final int STEP_MILLIS = 250;
    private static final long EPOCH = 1_000_000_000_000L;
    private final SplittableRandom random = new SplittableRandom(7);
    private long next;

    /** Takes the times of so many rows. @return the first */
    long times(long rows) {
        long first = EPOCH + next * STEP_MILLIS;
        next += rows;
        return first;
    }

    /** A message of one row, as JSON. */
    static Template json() {
        return new Template("{\"time\":" + EPOCH + ",\"co2\":11.231,\"o2\":6.812,\"flow\":25012345,\"h2o\":8.91}");
    }

    /** A message of several rows, as CSV. */
    Template csv(int rows) {
        return new Template(csv(EPOCH, rows));
    }

    private String csv(long first, int rows) {
        var text = new StringBuilder("time,co2,flow\n");
        for (int i = 0; i < rows; i++) text.append(first + (long) i * STEP_MILLIS).append(',').append(co2()).append(',').append(flow()).append('\n');
        return text.toString();
    }

    /** The body of one HTTP message. */
    byte[] body(long first, int rows) {
        return csv(first, rows).getBytes(StandardCharsets.US_ASCII);
    }

    /** The same rows as COPY takes them, with the device before each. */
    byte[] copy(int device, long first, int rows) {
        var text = new StringBuilder();
        for (int i = 0; i < rows; i++) text.append(device).append('\t').append(first + (long) i * STEP_MILLIS).append('\t').append(co2()).append('\t').append(flow()).append('\n');
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private double co2() {
        return (11_000 + random.nextInt(1000)) / 1000.0;
    }

    private int flow() {
        return 25_000_000 + random.nextInt(100_000);
    }

    /** A message whose times are written anew each time it is sent, so that the client costs next to nothing. Not thread safe: copy it. */
    static final class Template {
        private static final int DIGITS = 13;
        final byte[] bytes;
        private final int[] timesAt;

        private Template(String text) {
            bytes = text.getBytes(StandardCharsets.US_ASCII);
            timesAt = java.util.regex.Pattern.compile("\\d{" + DIGITS + "}").matcher(text).results().mapToInt(java.util.regex.MatchResult::start).toArray();
        }

        private Template(Template other) {
            bytes = other.bytes.clone();
            timesAt = other.timesAt;
        }

        Template copy() {
            return new Template(this);
        }

        int rows() {
            return timesAt.length;
        }

        void stamp(long first) {
            long time = first;
            for (int at : timesAt) {
                long rest = time;
                for (int d = at + DIGITS - 1; d >= at; d--) {
                    bytes[d] = (byte) ('0' + rest % 10);
                    rest /= 10;
                }
                time += STEP_MILLIS;
            }
        }
    }
}
