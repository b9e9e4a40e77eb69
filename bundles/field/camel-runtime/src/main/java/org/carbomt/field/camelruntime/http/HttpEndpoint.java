package org.carbomt.field.camelruntime.http;

import java.util.List;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Outcome;

/** The source of HTTP messages: an exchange carries a list of one arrival, and answers when it is done. */
final class HttpEndpoint extends DefaultEndpoint {
    private final IngestServlet servlet;

    HttpEndpoint(String uri, Component component, IngestServlet servlet) {
        super(uri, component);
        this.servlet = servlet;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor) {
            private final IngestServlet.Route route = (arrival, answer) -> {
                var exchange = createExchange(false);
                exchange.getMessage().setBody(List.of(arrival));
                getAsyncProcessor().process(exchange, sync -> {
                    answer.accept(outcome(exchange.getException(), exchange.getMessage().getBody()));
                    releaseExchange(exchange, false);
                });
            };

            @Override
            protected void doStart() throws Exception {
                super.doStart();
                servlet.attach(route);
            }

            @Override
            protected void doStop() throws Exception {
                servlet.detach(route);
                super.doStop();
            }
        };
    }

    private static Outcome outcome(Exception failure, Object body) {
        if (failure instanceof CarboException carbo && carbo.problem() != null) return new Outcome.Refused(carbo.problem());
        if (failure != null) return new Outcome.Refused(new Problem("route.failed", "", failure.getClass().getSimpleName(), "a route that works; send again later"));
        if (body instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Outcome outcome) return outcome;
        return new Outcome.Refused(new Problem("route.no-outcome", "", "", "a route that ends in carbomt-intake:readings; send again later"));
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("carbomt-http receives readings; it sends none");
    }
}
