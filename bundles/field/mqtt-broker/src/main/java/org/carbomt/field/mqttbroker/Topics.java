package org.carbomt.field.mqttbroker;

import java.util.Set;

/**
 * The topics of one device.
 *
 * @param readings where it publishes its readings
 * @param status where it may leave a retained word or a will about itself
 * @param errors where the broker tells it what was wrong
 * @param commands reserved for what it is told to do
 */
record Topics(String below, String readings, String status, String errors, String commands) {
    static Topics of(String deviceId) {
        var below = "devices/" + deviceId + "/";
        return new Topics(below, below + "readings", below + "status", below + "errors", below + "commands");
    }

    /** What the device may subscribe to. */
    boolean mayRead(String filter) {
        return Set.of(status, errors, commands).contains(filter);
    }

    /** Whether the topic is of this device, and not one on which the broker alone speaks. */
    boolean mayWrite(String topic) {
        return topic.startsWith(below) && topic.length() > below.length() && !topic.equals(errors) && !topic.equals(commands) && !topic.contains("+") && !topic.contains("#");
    }

    /** The media type of a payload that declares none: JSON when it begins like it, CSV when it begins with a letter, else bytes. */
    static String contentType(byte[] payload) {
        for (var b : payload) {
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') continue;
            if (b == '{' || b == '[') return "application/json";
            return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' ? "text/csv" : "application/octet-stream";
        }
        return "application/octet-stream";
    }
}
