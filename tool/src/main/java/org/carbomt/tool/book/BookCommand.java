package org.carbomt.tool.book;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carbomt.api.CarboException;
import org.carbomt.api.market.Depth;
import org.carbomt.market.matching.replay.BookReplay;
import org.carbomt.market.matching.replay.OrderEvents;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import org.carbomt.tool.output.Columns;
import org.carbomt.tool.output.Csv;
import org.carbomt.tool.output.Format;
import org.carbomt.tool.output.Json;
import picocli.CommandLine;

/** {@code carbomt book}: a file of order events through the container's order book. */
@CommandLine.Command(name = "book", description = {"Replays a file of order events through the order book: depth, trades, and the hash of the state.", "",
    "FILE is CSV with the columns id, price, volume, action, direction; - is the standard input. The rules are 7.1 to 7.6 of docs/market.md: who follows them has the same trades and the same hash. CSV lists the trades."})
public final class BookCommand extends Command {
    @CommandLine.Parameters(paramLabel = "FILE", description = "Order events, one a line.")
    private String file;

    @CommandLine.Option(names = "--format", paramLabel = "NAME", defaultValue = "table", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @CommandLine.Option(names = "--levels", paramLabel = "N", defaultValue = "5", description = "Prices of the depth, a side; 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int levels;

    public BookCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        if (levels < 1 || levels > 1_000) throw Failure.usage("--levels = " + levels + "; expected 1 to 1000");
        try {
            var events = read();
            write(events, BookReplay.of(events, levels));
        } catch (CarboException.Invalid e) {
            throw Failure.refused(file + ": " + e.problem().sentence());
        }
        return Exit.OK;
    }

    private OrderEvents read() {
        try (var in = file.equals("-") ? io.in() : Files.newInputStream(Path.of(file)); var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return OrderEvents.read(lines);
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    private void write(OrderEvents events, BookReplay replay) {
        switch (format) {
            case TABLE -> table(events, replay);
            case CSV -> csv(replay);
            case JSON -> json(events, replay);
        }
    }

    private static String price(long minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }

    private void table(OrderEvents events, BookReplay replay) {
        var headers = List.of("side", "price", "tonnes", "orders");
        var columns = new Columns(headers, 4, 12, 16, 6);
        io.out().print(columns.line(headers));
        var asks = replay.depth().asks();
        for (int i = asks.size() - 1; i >= 0; i--) io.out().print(level(columns, "ask", asks.get(i)));
        for (var bid : replay.depth().bids()) io.out().print(level(columns, "bid", bid));
        io.out().println();
        io.out().println(events.lines() + " events of " + events.orders() + " orders, " + events.size() + " commands: " + replay.trades().size() + " trades of " + replay.tonnesTraded() + " t, " + replay.openOrders() + " orders wait");
        io.out().println("state after " + replay.sequence() + " commands: " + replay.state().hex());
    }

    private static String level(Columns columns, String side, Depth.Level level) {
        return columns.line(List.of(side, price(level.priceMinor()), Long.toString(level.tonnes()), Integer.toString(level.orders())));
    }

    private void csv(BookReplay replay) {
        io.out().print(Csv.line(List.of("trade", "line", "price", "tonnes", "taker", "takerOrder", "makerOrder")));
        long number = 0;
        for (var t : replay.trades()) {
            io.out().print(Csv.line(List.of(Long.toString(++number), Integer.toString(t.line()), price(t.priceMinor()), Long.toString(t.tonnes()), t.buys() ? "BUY" : "SELL", t.taker(), t.maker())));
        }
    }

    private void json(OrderEvents events, BookReplay replay) {
        try (var json = new Json(io.out())) {
            json.object().number("events", events.lines()).number("orders", events.orders()).number("commands", events.size()).number("tonnesTraded", replay.tonnesTraded()).number("openOrders", replay.openOrders()).number("sequence", replay.sequence()).text("stateHash", replay.state().hex());
            levels(json, "asks", replay.depth().asks());
            levels(json, "bids", replay.depth().bids());
            json.array("trades");
            for (var t : replay.trades()) {
                json.object().number("line", t.line()).number("priceMinor", t.priceMinor()).number("tonnes", t.tonnes()).text("taker", t.buys() ? "BUY" : "SELL").text("takerOrder", t.taker()).text("makerOrder", t.maker()).endObject();
            }
            json.endArray().endObject();
        }
    }

    private static void levels(Json json, String name, List<Depth.Level> levels) {
        json.array(name);
        for (var l : levels) json.object().number("priceMinor", l.priceMinor()).number("tonnes", l.tonnes()).number("orders", l.orders()).endObject();
        json.endArray();
    }
}
