package org.carbomt.market.matching.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
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
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal UNITS_PER_TONNE = BigDecimal.valueOf(10_000);

    private byte[] kinds = new byte[1024];
    private int[] numbers = new int[1024];
    private byte[] sides = new byte[1024];
    private long[] prices = new long[1024];
    private long[] tonnes = new long[1024];
    private int size;
    private int orders;
    private int lines;
    private int[] leftOver = {};

    private OrderEvents() {}

    public static OrderEvents read(Path file) throws IOException {
        var events = new OrderEvents();
        try (var in = Files.newBufferedReader(file)) {
            events.read(in);
        }
        return events;
    }

    private void read(BufferedReader in) throws IOException {
        var header = Arrays.asList(in.readLine().split(","));
        int id = header.indexOf("id");
        int price = header.indexOf("price");
        int volume = header.indexOf("volume");
        int action = header.indexOf("action");
        int direction = header.indexOf("direction");
        var known = new HashMap<String, Integer>();
        Map<Integer, Long> left = new HashMap<>();
        for (String line; (line = in.readLine()) != null; lines++) {
            var f = line.split(",");
            if (f.length != header.size()) throw new IOException("line " + (lines + 2) + ": " + f.length + " fields, expected " + header.size());
            int number = known.computeIfAbsent(f[id], k -> known.size() + 1);
            long whole = new BigDecimal(f[volume]).divide(UNITS_PER_TONNE, 0, RoundingMode.FLOOR).longValueExact();
            long cents = new BigDecimal(f[price]).multiply(HUNDRED).setScale(0, RoundingMode.HALF_UP).longValueExact();
            int side = f[direction].equals("bid") ? Codes.BUY : Codes.SELL;
            var before = left.get(number);
            switch (f[action]) {
                case "created" -> {
                    if (whole < 1) continue;
                    add(PLACE, number, side, cents, whole);
                }
                case "changed" -> {
                    if (before == null || whole >= before) continue;
                    add(REDUCE, number, side, cents, whole);
                }
                case "deleted" -> add(CANCEL, number, side, cents, 0);
                default -> throw new IOException("line " + (lines + 2) + ": action " + f[action] + ", expected created, changed or deleted");
            }
            left.put(number, whole);
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

    private void add(byte kind, int number, int side, long price, long amount) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
            sides = Arrays.copyOf(sides, size * 2);
            prices = Arrays.copyOf(prices, size * 2);
            tonnes = Arrays.copyOf(tonnes, size * 2);
        }
        kinds[size] = kind;
        numbers[size] = number;
        sides[size] = (byte) side;
        prices[size] = price;
        tonnes[size++] = amount;
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
