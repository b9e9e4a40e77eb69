package org.carbomt.field.camelruntime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;

/** An intake in memory. What it answers, and when, is the test's. */
public final class IntakeTwin implements Intake {
    public final List<Arrival> submitted = new CopyOnWriteArrayList<>();
    public final List<Problem> quarantined = new CopyOnWriteArrayList<>();
    public volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    public volatile Function<Arrival, Outcome> answer = arrival -> new Outcome.Accepted(7, 1, 0);

    @Override
    public CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals) {
        submitted.addAll(arrivals);
        return gate.thenApply(open -> {
            var outcomes = new ArrayList<Outcome>();
            for (var arrival : arrivals) outcomes.add(answer.apply(arrival));
            return outcomes;
        });
    }

    @Override
    public CompletableFuture<Outcome> quarantine(Arrival arrival, Problem problem) {
        quarantined.add(problem);
        return CompletableFuture.completedFuture(new Outcome.Quarantined("q" + quarantined.size(), problem));
    }
}
