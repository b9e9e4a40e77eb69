package org.carbomt.api.telemetry;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Says whether a part is well. Asked by probes every few seconds, so cheap. */
@ConsumerType
public interface HealthCheck {
    /** One word, e.g. {@code journal}. */
    String name();

    /** Why it is not well, in words a stranger may read: no address, no account, no secret. Empty: all is well. */
    Optional<String> problem();

    /** Whether the container should get no requests while it is not well; else it is told and the rest works on. */
    default boolean critical() {
        return true;
    }
}
