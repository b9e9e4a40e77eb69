package org.carbomt.market.matching;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.market.matching.engine.Verdict;
import org.carbomt.market.matching.journal.Market;
import org.carbomt.market.matching.journal.Reply;

/** A command sent and waited for, with what the engine shows right after it. */
final class Answer<T> implements Reply {
    private static final int PATIENCE_SECONDS = 30;

    record Outcome<T>(Verdict verdict, T seen) {}

    private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    private final Supplier<T> look;

    private Answer(Supplier<T> look) {
        this.look = look;
    }

    /** @param look reads the engine, under the market's lock */
    static <T> Outcome<T> of(Market market, Market.Encoder command, Supplier<T> look) {
        var answer = new Answer<>(look);
        market.submit(answer, command);
        try {
            return answer.outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CarboException c) throw c;
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new CarboException.Unavailable(new Problem("market.slow", "journal", "no answer in " + PATIENCE_SECONDS + " s", "the same request again: what it asked for happens once"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarboException.Unavailable(new Problem("market.interrupted", "", "", "the same request again"), e);
        }
    }

    static Verdict of(Market market, Market.Encoder command) {
        return of(market, command, () -> null).verdict();
    }

    @Override
    public void done(Verdict verdict) {
        outcome.complete(new Outcome<>(verdict, look.get()));
    }

    @Override
    public void failed(CarboException reason) {
        outcome.completeExceptionally(reason);
    }
}
