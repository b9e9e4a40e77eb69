package org.carbomt.api.device;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A device that may send readings.
 *
 * @param id {@code [a-z0-9][a-z0-9-]{0,62}}, unique in the container
 * @param siteId the site it stands at
 * @param profileId its hardware profile
 * @param name what people call it
 * @param addresses how protocols know it, e.g. {@code lorawan.devAddr -> 26011bda}; MQTT and HTTP use the id itself
 * @param syntheticChannels channels whose values are not recorded but made up for a demonstration; they are marked so everywhere
 * @param acceptFrom the oldest measuring time accepted; empty: the intake's general limit. Set when recordings are imported
 * @param enabled a disabled device's messages go to quarantine
 */
public record Device(String id, String siteId, String profileId, String name, Map<String, String> addresses,
        Set<String> syntheticChannels, java.util.Optional<Instant> acceptFrom, boolean enabled) {
    public Device {
        if (id == null || !id.matches("[a-z0-9][a-z0-9-]{0,62}")) throw new IllegalArgumentException("device id: " + id + ", expected lower-case letters, digits and hyphens, at most 63");
        if (siteId == null || siteId.isBlank()) throw new IllegalArgumentException("siteId of device " + id + " is empty");
        if (profileId == null || profileId.isBlank()) throw new IllegalArgumentException("profileId of device " + id + " is empty");
        addresses = Map.copyOf(addresses);
        syntheticChannels = Set.copyOf(syntheticChannels);
    }
}
