package org.carbomt.field.mqttbroker;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Devices;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;

/** Devices and an intake in memory; what the intake answers, and when, is the test's. */
final class World implements Intake {
    static final Map<String, String> SECRETS = Map.of("d1", "secret-1", "d2", "secret-2");
    final List<Arrival> submitted = new CopyOnWriteArrayList<>();
    final List<Problem> quarantined = new CopyOnWriteArrayList<>();
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    volatile Function<Arrival, Outcome> answer = arrival -> new Outcome.Accepted(1, 1, 0);

    static Devices devices() {
        return (Devices) Proxy.newProxyInstance(World.class.getClassLoader(), new Class<?>[] {Devices.class}, (proxy, method, args) -> {
            if (method.getName().equals("authenticate")) return args[1].equals(SECRETS.get(args[0]));
            throw new UnsupportedOperationException(method.getName());
        });
    }

    static Settings settings() {
        return new Settings("127.0.0.1", 0, Optional.empty(), 20, 256 * 1024, 100, 600, 4096, 1000);
    }

    Listener listen(Settings settings) throws Exception {
        var listener = new Listener(settings, devices(), Clock.systemUTC(), this::submit, () -> Optional.of(this));
        listener.start();
        return listener;
    }

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
        return CompletableFuture.completedFuture(new Outcome.Quarantined("q1", problem));
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within 5 s: " + what);
            Thread.sleep(5);
        }
    }
}
