package org.carbomt.field.mqttbroker;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is connected, and the retained status of each device. Any thread. */
final class Clients {
    private final int most;
    private final Map<String, Connection> byClient = new ConcurrentHashMap<>();
    private final Map<String, Set<Connection>> byDevice = new ConcurrentHashMap<>();
    private final Map<String, byte[]> retained = new ConcurrentHashMap<>();

    Clients(int most) {
        this.most = most;
    }

    boolean full() {
        return byClient.size() >= most;
    }

    /** A client that comes again under its identifier takes the place of the former connection. A device cannot displace another's. */
    void join(Connection connection) {
        var former = byClient.put(connection.key(), connection);
        byDevice.compute(connection.deviceId(), (id, set) -> {
            var members = set == null ? ConcurrentHashMap.<Connection>newKeySet() : set;
            members.add(connection);
            return members;
        });
        if (former != null) former.takenOver();
    }

    void leave(Connection connection) {
        byClient.remove(connection.key(), connection);
        byDevice.computeIfPresent(connection.deviceId(), (id, set) -> {
            set.remove(connection);
            return set.isEmpty() ? null : set;
        });
    }

    /** Gives a message to the connections of the device that subscribed to its topic. */
    void deliver(String deviceId, String topic, byte[] payload) {
        for (var connection : byDevice.getOrDefault(deviceId, Set.of())) connection.send(topic, payload, false);
    }

    /** MQTT 5, section 3.3.1.3: an empty payload removes the retained message. */
    void retain(String topic, byte[] payload) {
        if (payload.length == 0) retained.remove(topic);
        else retained.put(topic, payload);
    }

    /** @return null when there is none */
    byte[] retained(String topic) {
        return retained.get(topic);
    }

    int size() {
        return byClient.size();
    }
}
