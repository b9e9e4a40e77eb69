package org.carbomt.api.satellite;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What the satellite room has found. */
@ProviderType
public interface PlumeFindings {
    /** Newest overpass first; those without a time last. */
    List<PlumeFinding> list(int limit);

    Optional<PlumeFinding> find(String sceneId);

    /** The scene with its plume as PNG; empty when its file is gone or was replaced. */
    Optional<byte[]> picture(String sceneId);
}
