package org.carbomt.field.camelruntime.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a route to the intake. */
final class IntakeEndpoint extends DefaultEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeEndpoint.class);
    private static final Problem ABSENT = new Problem("intake.absent", "", "", "the intake running; send again later");
    private final Supplier<Intake> intake;
    private final Arrivals arrivals;
    private final boolean deadLetter;
    private final boolean failOnRefused;

    IntakeEndpoint(String uri, Component component, Supplier<Intake> intake, Arrivals arrivals, boolean deadLetter, boolean failOnRefused) {
        super(uri, component);
        this.intake = intake;
        this.arrivals = arrivals;
        this.deadLetter = deadLetter;
        this.failOnRefused = failOnRefused;
    }

    @Override
    public Producer createProducer() {
        return new DefaultAsyncProducer(this) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return deliver(exchange, callback);
            }
        };
    }

    private boolean deliver(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<List<Outcome>> done;
        try {
            var batch = arrivals.of(exchange);
            var door = intake.get();
            if (door == null) done = CompletableFuture.completedFuture(refused(batch.size(), ABSENT));
            else done = deadLetter ? keep(door, batch, reason(exchange)) : door.submit(batch);
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (done.isDone()) {
            complete(exchange, done);
            callback.done(true);
            return true;
        }
        done.whenComplete((outcomes, failure) -> {
            complete(exchange, done);
            callback.done(false);
        });
        return false;
    }

    private void complete(Exchange exchange, CompletableFuture<List<Outcome>> done) {
        try {
            var outcomes = done.join();
            exchange.getMessage().setBody(outcomes);
            if (!failOnRefused) return;
            for (var outcome : outcomes) {
                if (outcome instanceof Outcome.Refused refused) exchange.setException(new CarboException.Unavailable(refused.problem()));
            }
        } catch (RuntimeException e) {
            exchange.setException(e.getCause() == null ? e : e.getCause());
        }
    }

    private static CompletableFuture<List<Outcome>> keep(Intake door, List<Arrival> batch, Problem reason) {
        LOG.warn("{} messages, the first of {}, go to quarantine: {}", batch.size(), batch.isEmpty() ? "" : batch.get(0).deviceId(), reason.sentence());
        var kept = new ArrayList<CompletableFuture<Outcome>>(batch.size());
        for (var arrival : batch) kept.add(door.quarantine(arrival, reason));
        return CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> kept.stream().map(CompletableFuture::join).toList());
    }

    private static Problem reason(Exchange exchange) {
        var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (cause instanceof CarboException carbo && carbo.problem() != null) return carbo.problem();
        var route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
        return new Problem("route.failed", route == null ? "" : route, cause == null ? "" : cause.toString(), "a route that handles the message");
    }

    private static List<Outcome> refused(int count, Problem problem) {
        var outcomes = new ArrayList<Outcome>(count);
        for (int i = 0; i < count; i++) outcomes.add(new Outcome.Refused(problem));
        return outcomes;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("carbomt-intake takes readings; it is no source of them");
    }
}
