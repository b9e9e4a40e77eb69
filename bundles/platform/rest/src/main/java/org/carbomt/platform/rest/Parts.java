package org.carbomt.platform.rest;

import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/** The services of the container, looked up at each call, so that a part may come, go and be replaced. */
interface Parts {
    <T> Optional<T> find(Class<T> type);

    /** The service, or 503 with the name of what is absent. */
    default <T> T get(Class<T> type) {
        return find(type).orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", type.getSimpleName(), "a profile that has this part, or a moment's patience while it is replaced")));
    }
}
