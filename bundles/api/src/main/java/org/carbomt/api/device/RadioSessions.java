package org.carbomt.api.device;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** LoRaWAN sessions of devices (activation by personalisation). Keys go in and never come out. */
@ProviderType
public interface RadioSessions {
    /**
     * Activates or replaces the session of a device: LoRaWAN 1.0.x, class A.
     *
     * @param devAddr 8 hexadecimal digits
     * @param nwkSKey 16 bytes
     * @param appSKey 16 bytes
     * @param nextCounter lowest frame counter accepted next (32 bits); 0 for a new device
     */
    void activate(String deviceId, String devAddr, byte[] nwkSKey, byte[] appSKey, long nextCounter);

    Optional<Session> find(String deviceId);

    void end(String deviceId);

    /** @param nextCounter lowest frame counter accepted next */
    record Session(String deviceId, String devAddr, long nextCounter) {}
}
