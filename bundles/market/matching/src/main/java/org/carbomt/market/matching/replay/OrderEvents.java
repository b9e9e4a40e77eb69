package org.carbomt.market.matching.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.market.matching.engine.Codes;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.journal.Commands;

/**
 * Order events of a public exchange feed (CSV with id, price, volume, action, direction) as commands, by the rules 7.1 to 7.6 of docs/market.md. Orders are numbered
 * from 1 as they first appear; order n belongs to account n mod 1000.
 */
public final class OrderEvents {
    public static final int ACCOUNTS = 1_000;
    /** Cash and tonnes that each account brings in. */
    public static final long ENDOWMENT = 1_000_000_000_000_000L;
    static final byte PLACE = 0;
    static final byte REDUCE = 1;
    static final byte CANCEL = 2;
    private static final int MOST_LINES = 10_000_000;

    private byte[] kinds = new byte[1024];
    private int[] numbers = new int[1024];
    private byte[] sides = new byte[1024];
    private long[] prices = new long[1024];
    private long[] tonnes = new long[1024];
    private int[] lineNumbers = new int[1024];
    private final List<String> ids = new ArrayList<>();
    private int size;
    private int orders;
    private int lines;
    private int[] leftOver = {};

    private OrderEvents() {}

    public static OrderEvents read(Path file) throws IOException {
        try (var in = Files.newBufferedReader(file)) {
            return read(in);
        }
    }

    /** @throws org.carbomt.api.CarboException.Invalid naming line, field and what would be right */
    public static OrderEvents read(BufferedReader in) throws IOException {
        var events = new OrderEvents();
        events.take(in);
        return events;
    }

    private void take(BufferedReader in) throws IOException {
        var layout = new EventLine.Layout(in.readLine());
        var known = new HashMap<String, Integer>();
        Map<Integer, Long> left = new HashMap<>();
        for (String line; (line = in.readLine()) != null; lines++) {
            if (lines == MOST_LINES) throw EventLine.wrong(lines + 2, "events", "more", "at most " + MOST_LINES);
            var event = layout.read(lines + 2, line);
            int number = known.computeIfAbsent(event.id(), k -> known.size() + 1);
            if (number > ids.size()) ids.add(event.id());
            var before = left.get(number);
            switch (event.action()) {
                case "created" -> {
                    if (event.tonnes() < 1) continue;
                    add(PLACE, number, event);
                }
                case "changed" -> {
                    if (before == null || event.tonnes() >= before) continue;
                    add(REDUCE, number, event);
                }
                default -> add(CANCEL, number, event);
            }
            left.put(number, event.tonnes());
        }
        orders = known.size();
        var open = new java.util.TreeSet<Integer>();
        for (int i = 0; i < size; i++) {
            if (kinds[i] == PLACE) {
                open.add(numbers[i]);
            } else if (kinds[i] == CANCEL) {
                open.remove(numbers[i]);
            }
        }
        leftOver = open.stream().mapToInt(Integer::intValue).toArray();
    }

    private void add(byte kind, int number, EventLine event) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
            sides = Arrays.copyOf(sides, size * 2);
            prices = Arrays.copyOf(prices, size * 2);
            tonnes = Arrays.copyOf(tonnes, size * 2);
            lineNumbers = Arrays.copyOf(lineNumbers, size * 2);
        }
        kinds[size] = kind;
        numbers[size] = number;
        sides[size] = (byte) (event.buys() ? Codes.BUY : Codes.SELL);
        prices[size] = event.cents();
        lineNumbers[size] = lines + 2;
        tonnes[size++] = kind == CANCEL ? 0 : event.tonnes();
    }

    /** Commands that come of the file. */
    public int size() {
        return size;
    }

    byte kind(int i) {
        return kinds[i];
    }

    int number(int i) {
        return numbers[i];
    }

    int side(int i) {
        return sides[i];
    }

    long price(int i) {
        return prices[i];
    }

    long tonnes(int i) {
        return tonnes[i];
    }

    /** Line of the file that the i-th command comes of, from 1. */
    public int lineNumber(int i) {
        return lineNumbers[i];
    }

    /** The file's id of the order. @param number from 1 */
    public String id(int number) {
        return ids.get(number - 1);
    }

    /** Lines with events. */
    public int lines() {
        return lines;
    }

    /** Different orders. */
    public int orders() {
        return orders;
    }

    public int count(byte kind) {
        int n = 0;
        for (int i = 0; i < size; i++) if (kinds[i] == kind) n++;
        return n;
    }

    /** Commands that open the market: 1 + 3 for each account. */
    public int openings() {
        return 1 + 3 * ACCOUNTS;
    }

    /** The i-th of the opening commands: token 1 with tick 1, the accounts, their cash and credits. */
    public void opening(int i, ByteBuffer out) {
        if (i == 0) {
            Commands.instrument(out, 1, 1);
            return;
        }
        int account = (i - 1) / 3;
        switch ((i - 1) % 3) {
            case 0 -> Commands.account(out, "trader-" + account);
            case 1 -> Commands.deposit(out, -1 - 2L * account, account, Engine.CASH, ENDOWMENT);
            default -> Commands.deposit(out, -2 - 2L * account, account, 1, ENDOWMENT);
        }
    }

    /** The i-th command. @param pass the file's orders get new ids in each pass, from 0 */
    public void command(int i, long pass, ByteBuffer out) {
        int account = numbers[i] % ACCOUNTS;
        long id = pass * orders + numbers[i];
        switch (kinds[i]) {
            case PLACE -> Commands.place(out, id, account, 0, sides[i], Codes.LIMIT, prices[i], tonnes[i]);
            case REDUCE -> Commands.reduce(out, account, id, tonnes[i]);
            default -> Commands.cancel(out, account, id);
        }
    }

    /** Orders that the file leaves alive. */
    public int leftOver() {
        return leftOver.length;
    }

    /** Cancels the i-th order that the file leaves alive. */
    public void cancelLeftOver(int i, long pass, ByteBuffer out) {
        Commands.cancel(out, leftOver[i] % ACCOUNTS, pass * orders + leftOver[i]);
    }
}
