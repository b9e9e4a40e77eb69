package org.carbomt.field.lorawan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/**
 * A datagram from a gateway (Semtech, packet_forwarder PROTOCOL.TXT, version 2; version 1 differs in nothing used here).
 *
 * @param gateway EUI, 16 hexadecimal digits; empty in a TX_ACK of version 1
 * @param body JSON of a PUSH_DATA
 */
record Gwmp(int version, byte tokenHigh, byte tokenLow, int kind, String gateway, byte[] body) {
    static final int PUSH_DATA = 0;
    static final int PUSH_ACK = 1;
    static final int PULL_DATA = 2;
    static final int PULL_ACK = 4;
    static final int TX_ACK = 5;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER = 12;
    /** A gateway with 8 demodulators hears far fewer between two datagrams. */
    private static final int MOST_FRAMES = 256;

    /** One frame as heard. @param at the gateway's receive time, if it has a clock. @param crcGood false: the radio's own check failed */
    record Heard(byte[] phy, Optional<Instant> at, boolean crcGood) {}

    /** Either a frame or what is wrong with the entry. */
    record Entry(Heard heard, Problem problem, byte[] raw) {}

    /** @return empty when the bytes are no datagram of this protocol that a gateway sends: these are not answered */
    static Optional<Gwmp> parse(byte[] d, int length) {
        if (length < HEADER || d[0] != 1 && d[0] != 2) return Optional.empty();
        int kind = d[3] & 0xff;
        if (kind != PUSH_DATA && kind != PULL_DATA && kind != TX_ACK) return Optional.empty();
        return Optional.of(new Gwmp(d[0], d[1], d[2], kind, HexFormat.of().formatHex(d, 4, HEADER), Arrays.copyOfRange(d, HEADER, length)));
    }

    /** @param kind PUSH_ACK or PULL_ACK */
    byte[] answer(int kind) {
        return new byte[] {(byte) version, tokenHigh, tokenLow, (byte) kind};
    }

    /** The frames of a PUSH_DATA; one bad entry leaves the others good. @throws CarboException.Invalid when it is no JSON object, or its rxpk no list */
    List<Entry> frames() {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            throw malformed("body", e.getClass().getSimpleName(), "a JSON object");
        }
        if (root == null || !root.isObject()) throw malformed("body", root == null ? "" : root.getNodeType().name(), "a JSON object");
        var list = root.get("rxpk");
        if (list == null) return List.of(); // a status report only
        if (!list.isArray()) throw malformed("rxpk", list.getNodeType().name(), "a list");
        if (list.size() > MOST_FRAMES) throw malformed("rxpk", list.size() + " entries", "at most " + MOST_FRAMES);
        var entries = new ArrayList<Entry>(list.size());
        for (var item : list) entries.add(entry(item));
        return entries;
    }

    private static Entry entry(JsonNode item) {
        var raw = item.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var data = item.get("data");
        if (data == null || !data.isTextual()) return bad("rxpk.data", data == null ? "" : data.toString(), "Base64 text", raw);
        byte[] phy;
        try {
            phy = Base64.getDecoder().decode(data.textValue());
        } catch (IllegalArgumentException e) {
            return bad("rxpk.data", data.textValue(), "Base64: " + e.getMessage(), raw);
        }
        var size = item.get("size");
        if (size != null && (!size.isIntegralNumber() || size.longValue() != phy.length)) return bad("rxpk.size", size.toString(), phy.length + ", the bytes in data", raw);
        var stat = item.get("stat");
        return new Entry(new Heard(phy, time(item.get("time")), stat == null || !stat.isNumber() || stat.doubleValue() >= 0), null, raw);
    }

    /** A gateway whose clock is odd still heard the frame: a time that cannot be read counts as none. */
    private static Optional<Instant> time(JsonNode time) {
        if (time == null || !time.isTextual()) return Optional.empty();
        try {
            return Optional.of(Instant.parse(time.textValue()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Entry bad(String field, String value, String expected, byte[] raw) {
        return new Entry(null, new Problem("lorawan.datagram-malformed", field, value, expected), raw);
    }

    private static CarboException malformed(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("lorawan.datagram-malformed", field, value, expected));
    }
}
