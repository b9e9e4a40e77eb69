package org.carbomt.field.profiles;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.device.Payload;
import org.carbomt.api.reading.ReadingBlock;

/**
 * Type, length, value. Elsys: one type byte, the length follows from it. Milesight: a channel byte and a type byte. Others carry a length.
 *
 * @param typeBytes 1 or 2
 * @param lengthBytes 0 when the length follows from the type
 */
record TlvFormat(int maxBytes, Optional<Set<Integer>> ports, int typeBytes, int lengthBytes, boolean little, boolean ignoreExtra, Map<Integer, Type> types, List<ChannelRule> rules,
        Columns.Shape shape) implements PayloadFormat {

    /** @param length of the value in bytes, -1 when only the message says it; @param time when present, the values are a row of their own */
    record Type(String id, int length, Optional<BinaryTime> time, List<BinaryValue> values) {
        int needs() {
            int end = time.map(t -> t.at() + t.length()).orElse(0);
            for (var value : values) end = Math.max(end, value.at() + value.length());
            return end;
        }
    }

    @Override
    public ReadingBlock read(Payload payload) throws Unfit {
        BinaryTime.checkPort(payload, ports);
        var bytes = payload.bytes();
        var live = new double[rules.size()];
        java.util.Arrays.fill(live, Double.NaN);
        long seen = 0;
        boolean any = false;
        var stored = new Columns(shape, 1);
        int at = 0;
        while (at < bytes.length) {
            int start = at;
            if (bytes.length - at < typeBytes + lengthBytes) throw truncated(bytes, start, typeBytes + lengthBytes);
            int id = (int) BinaryValue.raw(bytes, at, typeBytes, false);
            at += typeBytes;
            var type = types.get(id);
            int length = type == null ? -1 : type.length;
            if (lengthBytes > 0) {
                int said = (int) BinaryValue.raw(bytes, at, lengthBytes, little);
                at += lengthBytes;
                if (type != null && length >= 0 && said != length) throw new Unfit("payload.malformed", "length of type " + type.id, Integer.toString(said), length + " bytes");
                length = said;
            }
            if (type == null && !(ignoreExtra && lengthBytes > 0)) {
                throw new Unfit("field.unknown", "type at byte " + start, HexFormat.of().withUpperCase().formatHex(bytes, start, start + typeBytes), "one of the types of the profile: " + known());
            }
            if (bytes.length - at < length) throw truncated(bytes, start, at - start + length);
            if (type != null) {
                if (type.needs() > length) throw new Unfit("payload.truncated", "type " + type.id, length + " bytes", type.needs() + " bytes");
                if (type.time.isPresent()) {
                    stored.begin();
                    stored.time(type.time.get().read(bytes, at));
                    boolean one = false;
                    for (var value : type.values) {
                        double number = value.read(bytes, at, rules.get(value.channel()));
                        if (Double.isNaN(number)) continue;
                        stored.put(value.channel(), number);
                        one = true;
                    }
                    if (one) stored.end();
                } else {
                    for (var value : type.values) {
                        if ((seen >>> value.channel() & 1) != 0) throw new Unfit("field.duplicate", rules.get(value.channel()).channel().name(), "type " + type.id, "each channel once in a message");
                        seen |= 1L << value.channel();
                        double number = value.read(bytes, at, rules.get(value.channel()));
                        if (Double.isNaN(number)) continue;
                        live[value.channel()] = number;
                        any = true;
                    }
                }
            }
            at += length;
        }
        if (any) {
            stored.begin();
            stored.time(BinaryTime.ofTransport(payload));
            for (int c = 0; c < live.length; c++) {
                if (!Double.isNaN(live[c])) stored.put(c, live[c]);
            }
            stored.end();
        }
        if (stored.rows() == 0) throw new Unfit("payload.no-readings", "payload", bytes.length + " bytes", "at least one value of a channel");
        return stored.block();
    }

    private static Unfit truncated(byte[] bytes, int start, int needed) {
        return new Unfit("payload.truncated", "type at byte " + start, (bytes.length - start) + " bytes left", needed + " bytes");
    }

    private String known() {
        return String.join(" ", types.values().stream().map(Type::id).sorted().toList());
    }
}
