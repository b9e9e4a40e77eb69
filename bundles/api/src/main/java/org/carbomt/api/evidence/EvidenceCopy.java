package org.carbomt.api.evidence;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A second place for evidence, e.g. a bucket in a cloud: a service (whiteboard) that gets every stored object, in the background, as long as it is there. It sees
 * encrypted bytes only. Every method may block for some seconds; a store that cannot be reached, is full or refuses throws a CarboException that says which.
 */
@ConsumerType
public interface EvidenceCopy {
    /** One word: {@code s3}. */
    String name();

    /** Where the copies lie, without any secret: {@code https://s3.eu-west-1.amazonaws.com/bucket/prefix}. Another place gets all objects anew. */
    String place();

    /** Stores the bytes; returns when the store has them. The same object may come twice. */
    void put(Cid cid, byte[] sealed);

    boolean has(Cid cid);

    /** The bytes as the store gives them; the caller compares them with the CID. */
    Optional<byte[]> get(Cid cid);
}
