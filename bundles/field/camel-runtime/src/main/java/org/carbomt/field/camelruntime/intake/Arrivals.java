package org.carbomt.field.camelruntime.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;

/** Reads the arrivals from an exchange: a list of them, one, or the bytes of a stock component together with the topic they came on. */
record Arrivals(String protocol, String topicHeader, String topicPattern, Clock clock) {

    List<Arrival> of(Exchange exchange) {
        var body = exchange.getMessage().getBody();
        if (body instanceof Arrival arrival) return List.of(arrival);
        if (body instanceof List<?> list) {
            var arrivals = new ArrayList<Arrival>(list.size());
            for (var item : list) {
                if (!(item instanceof Arrival arrival)) throw invalid("body", String.valueOf(item == null ? null : item.getClass()), "a list of arrivals only");
                arrivals.add(arrival);
            }
            return arrivals;
        }
        var bytes = body instanceof byte[] raw ? raw : exchange.getMessage().getBody(byte[].class);
        if (bytes == null) throw invalid("body", String.valueOf(body == null ? null : body.getClass()), "arrivals or bytes");
        var topic = exchange.getMessage().getHeader(topicHeader, String.class);
        if (topic == null) throw invalid(topicHeader, "", "a header with the topic the bytes came on");
        return List.of(Arrival.of(protocol, topic, deviceId(topic), bytes, contentType(bytes), clock.instant()));
    }

    String deviceId(String topic) {
        var expected = topicPattern.split("/", -1);
        var parts = topic.split("/", -1);
        String device = null;
        var fits = parts.length == expected.length;
        for (int i = 0; fits && i < parts.length; i++) {
            if (expected[i].equals("{deviceId}")) device = parts[i];
            else fits = expected[i].equals("+") || expected[i].equals(parts[i]);
        }
        if (!fits || device == null || device.isEmpty()) throw invalid("topic", topic, topicPattern);
        return device;
    }

    /** A payload without a declared type: JSON when it begins like it, CSV when it begins with a letter, else bytes. */
    static String contentType(byte[] bytes) {
        for (var b : bytes) {
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') continue;
            if (b == '{' || b == '[') return "application/json";
            return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' ? "text/csv" : "application/octet-stream";
        }
        return "application/octet-stream";
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("route.message", field, value, expected));
    }
}
