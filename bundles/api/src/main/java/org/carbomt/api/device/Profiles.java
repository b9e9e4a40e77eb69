package org.carbomt.api.device;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The hardware profiles loaded from files; a file changed on disk is loaded again, a bad one is reported and the former stays. */
@ProviderType
public interface Profiles {
    Optional<Profile> find(String id);

    List<Profile> all();

    /** Files that could not be loaded: file name and the reason. */
    java.util.Map<String, org.carbomt.api.Problem> rejected();
}
