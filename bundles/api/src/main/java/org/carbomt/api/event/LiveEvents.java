package org.carbomt.api.event;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Live events: best effort, never blocks the publisher; what must not be lost is read from the journal or the store. */
@ProviderType
public interface LiveEvents {
    void publish(LiveEvent event);

    /** @return closes the subscription */
    AutoCloseable subscribe(Consumer<LiveEvent> subscriber);
}
