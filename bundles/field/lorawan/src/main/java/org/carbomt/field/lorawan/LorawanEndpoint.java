package org.carbomt.field.lorawan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Outcome;

/** The source of LoRaWAN readings: an exchange carries the good frames of a datagram, decrypted. */
final class LorawanEndpoint extends DefaultEndpoint {
    private final LorawanComponent gateways;

    LorawanEndpoint(String uri, LorawanComponent gateways) {
        super(uri, gateways);
        this.gateways = gateways;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor) {
            private UdpListener listener;

            @Override
            protected void doStart() throws Exception {
                super.doStart();
                listener = gateways.listen(this::submit);
            }

            @Override
            protected void doStop() throws Exception {
                if (listener != null) listener.close();
                super.doStop();
            }

            private CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals) {
                var done = new CompletableFuture<List<Outcome>>();
                var exchange = createExchange(false);
                exchange.getMessage().setBody(arrivals);
                getAsyncProcessor().process(exchange, sync -> {
                    var outcomes = outcomes(exchange.getException(), exchange.getMessage().getBody(), arrivals.size());
                    releaseExchange(exchange, false);
                    done.complete(outcomes);
                });
                return done;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static List<Outcome> outcomes(Exception failure, Object body, int count) {
        if (failure == null && body instanceof List<?> list && list.size() == count && list.stream().allMatch(Outcome.class::isInstance)) return (List<Outcome>) list;
        Problem problem;
        if (failure instanceof CarboException carbo && carbo.problem() != null) problem = carbo.problem();
        else if (failure != null) problem = new Problem("route.failed", "", failure.getClass().getSimpleName(), "a route that works; send again later");
        else problem = new Problem("route.no-outcome", "", "", "a route that ends in carbomt-intake:readings; send again later");
        return java.util.Collections.nCopies(count, new Outcome.Refused(problem));
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("carbomt-lorawan receives readings; it sends none");
    }
}
