package org.carbomt.field.profiles;

import java.util.List;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Payload;
import org.carbomt.api.device.Profile;
import org.carbomt.api.reading.Channel;

/** A profile as its file says. Immutable; safe for any thread. */
record FileProfile(String id, String version, String title, Hash digest, List<Channel> channels, int intervalMinutes, boolean wholeHour, PayloadFormat format)
        implements Profile {
    @Override
    public Decoding decode(Payload payload) {
        int length = payload.bytes().length;
        if (length == 0) return new Decoding.Undecodable(new Problem("payload.empty", "payload", "0 bytes", "a message"));
        if (length > format.maxBytes()) return new Decoding.Undecodable(new Problem("payload.oversize", "payload", length + " bytes", "at most " + format.maxBytes() + " bytes"));
        try {
            return new Decoding.Decoded(format.read(payload));
        } catch (Unfit unfit) {
            return new Decoding.Undecodable(unfit.problem());
        }
    }
}
