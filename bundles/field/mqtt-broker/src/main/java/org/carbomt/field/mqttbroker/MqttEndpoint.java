package org.carbomt.field.mqttbroker;

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

/** The source of MQTT messages: an exchange carries a batch, and answers when it is done. */
final class MqttEndpoint extends DefaultEndpoint {
    private final MqttBroker broker;

    MqttEndpoint(String uri, MqttBroker broker) {
        super(uri, broker);
        this.broker = broker;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor) {
            private Listener listener;

            @Override
            protected void doStart() throws Exception {
                super.doStart();
                listener = broker.listener(this::submit);
                listener.start();
            }

            @Override
            protected void doStop() throws Exception {
                if (listener != null) broker.close(listener);
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
    static List<Outcome> outcomes(Exception failure, Object body, int count) {
        if (failure == null && body instanceof List<?> list && list.size() == count && list.stream().allMatch(Outcome.class::isInstance)) return (List<Outcome>) list;
        Problem problem;
        if (failure instanceof CarboException carbo && carbo.problem() != null) problem = carbo.problem();
        else if (failure != null) problem = new Problem("route.failed", "", failure.getClass().getSimpleName(), "a route that works; send again later");
        else problem = new Problem("route.no-outcome", "", "", "a route that ends in carbomt-intake:readings; send again later");
        return java.util.Collections.nCopies(count, new Outcome.Refused(problem));
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("carbomt-mqtt receives readings; it sends none");
    }
}
