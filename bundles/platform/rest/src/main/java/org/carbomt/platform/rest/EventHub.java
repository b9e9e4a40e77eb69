package org.carbomt.platform.rest;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands live events to whoever subscribed, on the publisher's thread; subscribers queue for themselves and never block. */
@Component(service = {LiveEvents.class, EventHub.class})
public final class EventHub implements LiveEvents {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private final CopyOnWriteArrayList<Consumer<LiveEvent>> subscribers = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LiveEvent event) {
        for (var subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException e) {
                LOG.warn("a subscriber of live events failed and is dropped", e);
                subscribers.remove(subscriber);
            }
        }
    }

    @Override
    public AutoCloseable subscribe(Consumer<LiveEvent> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }
}
