package org.carbomt.api.device;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The devices this container knows. Look-ups are in memory; any thread. */
@ProviderType
public interface Devices {
    Optional<Device> find(String id);

    /** The device with that address, e.g. {@code ("lorawan.devAddr", "26011bda")}. */
    Optional<Device> findByAddress(String kind, String address);

    List<Device> all();

    /** Adds or replaces. The profile must exist. */
    void put(Device device);

    void remove(String id);

    /** Makes a new random secret for the device, keeps only its hash, and returns it this once. The former secret ends at once. */
    String renewSecret(String id);

    /** Whether the secret is the device's; constant time; false for an unknown or disabled device. */
    boolean authenticate(String id, String secret);

    /** When and how the device was last heard, since this container started or from the journal. */
    Optional<LastSeen> lastSeen(String id);

    /** @param receivedAt when its last accepted message came. @param protocol by which protocol. @param sequence its journal sequence */
    record LastSeen(java.time.Instant receivedAt, String protocol, long sequence) {}
}
