package org.carbomt.api.model;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The models this container knows: offered, in service, refused. */
@ProviderType
public interface Models {
    /**
     * Takes a model, checks it by its {@link ModelKind} and compares it with the one in service on the same data: promoted when its score is better, or when there is
     * none in service; refused otherwise, with the reason. Throws CarboException.Invalid when the card cannot be read or the file is not the one of the card.
     *
     * @param card JSON of a {@link ModelCard}
     * @param onnx the network; empty for a method without one
     */
    Entry offer(byte[] card, Optional<byte[]> onnx, String by);

    /** Puts an earlier model of its kind back into service, whatever its score; the reason is kept. */
    Entry promote(String id, String by, String reason);

    Optional<Entry> inService(String kind);

    /** Newest first. */
    List<Entry> all();

    /** The network of a model. Throws CarboException.NotFound when it has none. */
    byte[] network(String id);

    /** @param reason why it stands as it does */
    record Entry(ModelCard card, State state, String reason, String by, java.time.Instant at) {}

    /** Where a model stands. */
    enum State {
        IN_SERVICE, REPLACED, REFUSED
    }
}
