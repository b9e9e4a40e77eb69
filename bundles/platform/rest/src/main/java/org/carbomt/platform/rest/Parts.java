package org.carbomt.platform.rest;

import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/** The services of the container, looked up at each call, so that a part may come, go and be replaced. */
interface Parts {
    <T> Optional<T> find(Class<T> type);

    /** Bundles of ours that are installed and do not run: the container is still starting, or somebody stopped them. */
    default List<String> notStarted() {
        return List.of();
    }

    /** The service, or 503 with the name of what is absent. */
    default <T> T get(Class<T> type) {
        return find(type).orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", type.getSimpleName(), "a profile that has this part, or a moment's patience while it is replaced")));
    }
}
