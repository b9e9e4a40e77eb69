package org.carbomt.api.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** How far each {@link EvidenceCopy} has come. */
@ProviderType
public interface EvidenceCopies {
    /** One for each store that is there, by name; empty where evidence lies on disk only. */
    List<State> stores();

    /**
     * @param copied objects that the store has confirmed
     * @param waiting objects on disk that it does not have yet
     * @param lastSuccess of the newest copy since the start
     * @param problem why the last try failed; empty when it did not
     */
    record State(String name, String place, long copied, long waiting, Optional<Instant> lastSuccess, Optional<String> problem) {}
}
