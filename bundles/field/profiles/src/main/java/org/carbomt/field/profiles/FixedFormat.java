package org.carbomt.field.profiles;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.device.Payload;
import org.carbomt.api.reading.ReadingBlock;

/** Messages with every value at a fixed place; which kind a message is, certain bytes tell. */
record FixedFormat(int maxBytes, Optional<Set<Integer>> ports, List<Kind> kinds, List<ChannelRule> rules, Columns.Shape shape) implements PayloadFormat {
    /** Bytes that must stand at a place. */
    record Mark(int at, byte[] is) {
        boolean holds(byte[] bytes) {
            if (bytes.length < at + is.length) return false;
            for (int i = 0; i < is.length; i++) {
                if (bytes[at + i] != is[i]) return false;
            }
            return true;
        }
    }

    /** One kind of message. @param length of the whole message in bytes */
    record Kind(List<Mark> when, int length, Optional<BinaryTime> time, List<BinaryValue> values) {
        boolean holds(byte[] bytes) {
            for (var mark : when) {
                if (!mark.holds(bytes)) return false;
            }
            return true;
        }
    }

    @Override
    public ReadingBlock read(Payload payload) throws Unfit {
        BinaryTime.checkPort(payload, ports);
        var bytes = payload.bytes();
        for (var kind : kinds) {
            if (!kind.holds(bytes)) continue;
            if (bytes.length != kind.length) {
                throw new Unfit(bytes.length < kind.length ? "payload.truncated" : "payload.malformed", "payload", bytes.length + " bytes", kind.length + " bytes");
            }
            var row = new Columns(shape, 1);
            row.begin();
            row.time(kind.time.isPresent() ? kind.time.get().read(bytes, 0) : BinaryTime.ofTransport(payload));
            boolean any = false;
            for (var value : kind.values) {
                double number = value.read(bytes, 0, rules.get(value.channel()));
                if (Double.isNaN(number)) continue;
                row.put(value.channel(), number);
                any = true;
            }
            if (!any) throw new Unfit("payload.no-readings", "payload", HexFormat.of().formatHex(bytes), "at least one value of a channel");
            row.end();
            return row.block();
        }
        throw new Unfit("payload.unknown-kind", "payload", HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 16)), "a message of one of the " + kinds.size() + " kinds of the profile");
    }
}
