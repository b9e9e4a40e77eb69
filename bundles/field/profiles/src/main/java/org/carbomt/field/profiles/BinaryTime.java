package org.carbomt.field.profiles;

import java.util.Optional;
import java.util.Set;
import org.carbomt.api.device.Payload;

/** A time since 1970 at a fixed place; and the rules that all binary formats share: the port, and the time when there is none inside. */
record BinaryTime(int at, int length, boolean seconds, boolean little) {
    long read(byte[] bytes, int base) throws Unfit {
        long raw = BinaryValue.raw(bytes, base + at, length, little);
        long end = seconds ? TimeText.END_MILLIS / 1000 : TimeText.END_MILLIS;
        if (raw < 0 || raw >= end) throw new Unfit("time.malformed", "time", Long.toString(raw), (seconds ? "seconds" : "milliseconds") + " since 1970, before the year 2200");
        return seconds ? raw * 1000 : raw;
    }

    static long ofTransport(Payload payload) {
        return payload.sentAt().orElse(payload.receivedAt()).toEpochMilli();
    }

    static void checkPort(Payload payload, Optional<Set<Integer>> ports) throws Unfit {
        if (ports.isPresent() && payload.fPort().isPresent() && !ports.get().contains(payload.fPort().getAsInt())) {
            throw new Unfit("port.wrong", "fPort", Integer.toString(payload.fPort().getAsInt()), "port " + String.join(" or ", ports.get().stream().sorted().map(String::valueOf).toList()));
        }
    }
}
