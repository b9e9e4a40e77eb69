package org.carbomt.api.market;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What surveillance of the market has found. */
@ProviderType
public interface MarketFindings {
    /** Newest first. @param open only those that nobody has judged */
    List<MarketFinding> list(boolean open, Optional<String> account, int limit);

    Optional<MarketFinding> find(String id);

    /** Judged by a person, with a reason. A finding is judged once; again by another is a Conflict. */
    MarketFinding clear(String id, String personId, String reason);
}
