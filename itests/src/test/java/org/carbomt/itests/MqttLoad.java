package org.carbomt.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carbomt.itests.AckBook.Reading;

/** One message a reading, QoS 1, some under way at once. */
final class MqttLoad extends Load {
    private final int port;
    private final String secret;
    private final int version;
    private MqttWire wire;

    MqttLoad(Container container, String device, int version, Client client, Pace pace) {
        super(device, client, pace);
        this.port = container.mqtt;
        this.secret = container.secret(device);
        this.version = version;
    }

    @Override
    List<Reading> deliver(List<Reading> readings) throws IOException {
        var done = new ArrayList<Reading>();
        var answers = new ArrayList<CompletableFuture<Integer>>();
        try {
            if (wire == null) wire = new MqttWire(port, device, device, secret, version);
            for (var r : readings) answers.add(wire.publish("devices/" + device + "/readings", HttpLoad.board(r).getBytes(StandardCharsets.UTF_8)));
        } catch (MqttWire.Refused e) {
            complain("refused with " + e.getMessage());
            throw e;
        } catch (IOException e) {
            drop();
        }
        for (int i = 0; i < answers.size(); i++) {
            try {
                int reason = answers.get(i).get(30, TimeUnit.SECONDS);
                if (reason == 0) done.add(readings.get(i));
                else if (reason != 0x83) complain("PUBACK 0x" + Integer.toHexString(reason) + " for " + readings.get(i)); // 0x83: not now, send again
            } catch (ExecutionException | TimeoutException e) {
                drop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return done;
            }
        }
        return done;
    }

    private void drop() {
        if (wire != null) wire.abandon();
        wire = null;
    }
}
