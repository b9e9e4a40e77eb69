import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.carbomt.api.CarboException;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Limits;
import org.carbomt.market.matching.engine.Memory;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Verdict;
import org.carbomt.market.matching.engine.Watch;
import org.carbomt.market.matching.journal.Commands;
import org.carbomt.market.matching.journal.Market;
import org.carbomt.market.matching.journal.Reply;
import org.carbomt.market.matching.replay.OrderEvents;

/**
 * Orders a second through the journalled market as it is served (journal forced before each answer, escrow, self-trade prevention, event memory, settlement of every trade),
 * on the same file, passes and repetitions as exchange-core's side: warm-up, then the best of three; then paced, with the time from when an order was due to its answer.
 * {@code OrdersRate FILE PASSES FOLDER}
 */
public final class OrdersRate {
    private final OrderEvents events;
    private final Engine engine;
    private final EngineView view;
    private final Market market;
    private long pass;
    private long sent;
    /** From when an order was due to its answer, of paced orders. */
    private long[] latencies = new long[0];
    private int measured;

    private OrdersRate(OrderEvents events, Path folder) throws IOException {
        this.events = events;
        var memory = new Memory();
        engine = new Engine(Limits.RULES_1, memory);
        view = new EngineView(engine, "USD");
        memory.watch(engine, view);
        market = new Market(folder, 64 << 20, engine, Clock.systemUTC(), () -> 1, m -> {});
        for (int i = 0; i < events.openings(); i++) {
            int n = i;
            send(out -> events.opening(n, out));
        }
        drain();
    }

    private void send(Market.Encoder command) {
        market.submit(null, command);
        sent++;
    }

    private void drain() {
        while (market.read(engine::sequence) < sent) LockSupport.parkNanos(200_000);
    }

    private Reply timed(long due) {
        return new Reply() {
            @Override
            public void done(Verdict verdict) {
                latencies[measured++] = System.nanoTime() - due;
            }

            @Override
            public void failed(CarboException reason) {
                throw reason;
            }
        };
    }

    /** One pass of the file, then what is left alive is cancelled. @param gapNanos 0: as fast as they are taken. @return orders */
    private int pass(long gapNanos) {
        long next = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            if (gapNanos > 0) {
                next += gapNanos;
                while (System.nanoTime() < next) LockSupport.parkNanos(20_000);
            }
            var out = market.begin();
            events.command(i, pass, out);
            market.end(true, gapNanos > 0 ? timed(next) : null);
        }
        for (int i = 0; i < events.leftOver(); i++) {
            var out = market.begin();
            events.cancelLeftOver(i, pass, out);
            market.end(true, null);
        }
        pass++;
        int orders = events.size() + events.leftOver();
        sent += orders;
        return orders;
    }

    /** Every trade of the passes so far is settled, as the chain would have it; these commands are not counted as orders. */
    private void settle() {
        send(Commands::cut);
        drain();
        var numbers = market.read(() -> view.settlements("").stream().mapToLong(s -> s.number()).toArray());
        for (long number : numbers) send(out -> Commands.settled(out, number));
        drain();
    }

    private double rate(int passes) {
        long start = System.nanoTime();
        long orders = 0;
        for (int p = 0; p < passes; p++) {
            orders += pass(0);
            if (p % 5 == 4) settle();
        }
        drain();
        return orders / ((System.nanoTime() - start) / 1e9);
    }

    private void paced(int rate) {
        int passes = Math.max(1, rate * 4 / events.size());
        latencies = new long[passes * events.size()];
        measured = 0;
        for (int p = 0; p < passes; p++) pass(1_000_000_000L / rate);
        drain();
        Arrays.sort(latencies, 0, measured);
        print("%dk-p50 %.0f us".formatted(rate / 1000, latencies[measured / 2] / 1e3));
        print("%dk-p99 %.0f us".formatted(rate / 1000, latencies[(int) (measured * 0.99)] / 1e3));
        settle();
    }

    private static void print(String line) {
        System.out.println("carbomt journalled-" + line);
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var events = OrderEvents.read(Path.of(args[0]));
        int passes = Integer.parseInt(args[1]);
        var folder = Path.of(args[2]);
        var run = new OrdersRate(events, folder);
        run.rate(passes);
        double best = 0;
        for (int i = 0; i < 3; i++) best = Math.max(best, run.rate(passes));
        print("replay %.0f orders/s".formatted(best));
        run.paced(100_000);
        run.paced(300_000);
        print("trades %d trades".formatted(run.engine.trades()));
        long journal;
        try (var files = Files.list(folder)) {
            journal = files.mapToLong(f -> f.toFile().length()).sum();
        }
        print("bytes-a-command %.1f bytes".formatted(journal / (double) run.engine.sequence()));
        run.market.close();
        long start = System.nanoTime();
        var again = new Engine(Limits.RULES_1, Watch.NOBODY);
        try (var market = new Market(folder, 64 << 20, again, Clock.systemUTC(), () -> 1, m -> {})) {
            print("recovery %.0f commands/s".formatted(market.read(again::sequence) / ((System.nanoTime() - start) / 1e9)));
        }
        print("same-state-after-recovery %d".formatted(StateHash.of(again).equals(StateHash.of(run.engine)) ? 1 : 0));
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }
}
