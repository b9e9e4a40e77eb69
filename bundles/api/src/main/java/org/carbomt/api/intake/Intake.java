package org.carbomt.api.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** The one door for readings. Thread safe. */
@ProviderType
public interface Intake {
    /**
     * Decodes, checks and journals a batch. The future completes when every arrival is durable, quarantined or refused; outcomes are in the
     * order of the arrivals; it never completes exceptionally because of what was sent. One bad arrival never stops its neighbours.
     */
    CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals);

    /**
     * Keeps, with its reason, a message that a protocol could not even attribute or authenticate (wrong MIC, replayed counter, unknown
     * device). Rate limited: past the limit only a count is kept and the outcome is Refused.
     */
    CompletableFuture<Outcome> quarantine(Arrival arrival, org.carbomt.api.Problem problem);
}
