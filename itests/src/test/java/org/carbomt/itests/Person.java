package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.carbomt.demo.Api;

/** Someone who works with the API, and asks for the same again until there is an answer: a yes, or a no of the rules. */
abstract class Person extends Thread {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private final EffectBook effects;
    private final Load.Client client;
    private final long pauseNanos;
    private volatile boolean stopping;

    Person(String name, EffectBook effects, Load.Client client, long pauseMillis) {
        super("person " + name);
        this.effects = effects;
        this.client = client;
        this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        setDaemon(true);
    }

    /** One piece of work. */
    abstract void work() throws Stopped;

    /** The test is over; what was asked for without an answer stays unknown. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                work();
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (Stopped e) {
            if (!stopping) throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            client.complaints().add(getName() + ": " + e);
            throw e;
        }
    }

    /** @return empty when the rules say no (403, 409, 422) */
    Optional<JsonNode> ask(Supplier<JsonNode> call) throws Stopped {
        while (true) {
            if (stopping) throw new Stopped();
            client.gate().lock();
            try {
                return Optional.of(call.get());
            } catch (Api.Refused e) {
                if (e.status == 403 || e.status == 409 || e.status == 422) return Optional.empty();
                if (e.status != 503 && e.status != 404) client.complaints().add(getName() + ": " + e.getMessage()); // 404: the API is not there yet
            } catch (UncheckedIOException e) {
                if (stopping) throw new Stopped();
            } finally {
                client.gate().unlock();
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** Asks for an effect on chain; the answer is written down. @return whether it was accepted */
    Optional<JsonNode> effect(EffectBook.Asked wanted, Supplier<JsonNode> call) throws Stopped {
        effects.ask(wanted);
        var answer = ask(() -> {
            var yes = call.get();
            effects.told(wanted.key(), EffectBook.Told.ACCEPTED);
            return yes;
        });
        if (answer.isEmpty()) effects.told(wanted.key(), EffectBook.Told.REJECTED);
        return answer;
    }

    /** Asks again until the answer will do. */
    JsonNode await(Supplier<JsonNode> call, java.util.function.Predicate<JsonNode> enough) throws Stopped {
        while (true) {
            var answer = ask(call);
            if (answer.isPresent() && enough.test(answer.get())) return answer.get();
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    void finish() throws InterruptedException {
        stopping = true;
        join(90_000);
        if (isAlive()) throw new AssertionError(getName() + " does not end");
    }
}
