package org.carbomt.market.matching.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Limits;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Verdict;
import org.carbomt.market.matching.engine.Watch;
import org.carbomt.market.matching.journal.Market;

/**
 * Replays a file of order events through the journalled market and prints counts and the hash of the final state; then opens the journal again and compares.
 * The clock stands at 1970, so that the same file always gives the same hash. {@code Replay FILE [FOLDER]}; the folder must be empty (default: a temporary one).
 */
public final class Replay {
    private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final long SEGMENT_BYTES = 64 << 20;

    private Replay() {}

    public static void main(String[] args) throws Exception {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: Replay FILE [EMPTY FOLDER]");
            System.exit(2);
        }
        var folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("carbomt-replay");
        if (Files.exists(folder.resolve("00000000.market"))) {
            System.err.println(folder + " holds a journal; expected an empty folder");
            System.exit(2);
        }
        System.out.print(report(OrderEvents.read(Path.of(args[0])), folder));
    }

    /** What came of one pass of the events. */
    public static String report(OrderEvents events, Path folder) throws IOException {
        var out = new StringBuilder();
        var engine = new Engine(Limits.RULES_1, Watch.NOBODY);
        try (var market = open(folder, engine)) {
            for (int i = 0; i < events.openings(); i++) {
                int n = i;
                market.submit(null, b -> events.opening(n, b));
            }
            for (int i = 0; i < events.size(); i++) {
                int n = i;
                market.submit(null, b -> events.command(n, 0, b));
            }
        }
        var view = new EngineView(engine, "USD");
        var book = view.instrument(0);
        line(out, "events in the file", events.lines());
        line(out, "orders in the file", events.orders());
        line(out, "commands", events.size());
        line(out, "  place", events.count(OrderEvents.PLACE));
        line(out, "  reduce", events.count(OrderEvents.REDUCE));
        line(out, "  cancel", events.count(OrderEvents.CANCEL));
        line(out, "trades", engine.trades());
        line(out, "tonnes traded", book.tonnesTraded());
        line(out, "open orders", engine.openOrders());
        line(out, "best bid", book.bid().orElse(0));
        line(out, "best ask", book.ask().orElse(0));
        line(out, "sequence", engine.sequence());
        var hash = StateHash.of(engine).hex();
        out.append("state hash                ").append(hash).append('\n');
        var again = new Engine(Limits.RULES_1, Watch.NOBODY);
        try (var market = open(folder, again)) {
            var verdicts = new StringBuilder();
            for (var v : Verdict.values()) {
                long count = market.read(() -> market.count(v));
                if (count > 0) verdicts.append(' ').append(v).append('=').append(count);
            }
            out.append("verdicts                 ").append(verdicts).append('\n');
            out.append("journal chain             ").append(market.read(market::chain)).append('\n');
        }
        out.append("opened again              ").append(StateHash.of(again).hex().equals(hash) ? "same state" : "ANOTHER STATE").append('\n');
        return out.toString();
    }

    private static Market open(Path folder, Engine engine) throws IOException {
        return new Market(folder, SEGMENT_BYTES, engine, STILL, () -> 1, m -> {});
    }

    private static void line(StringBuilder out, String name, long value) {
        out.append("%-26s%d%n".formatted(name, value));
    }
}
