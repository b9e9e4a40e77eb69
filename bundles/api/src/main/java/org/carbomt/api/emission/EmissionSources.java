package org.carbomt.api.emission;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The emission sources this container accounts for. */
@ProviderType
public interface EmissionSources {
    Optional<EmissionSource> find(String id);

    List<EmissionSource> all();

    /** Adds or replaces; hours already recorded stay, later computations are new versions. */
    void put(EmissionSource source);
}
