package org.carbomt.itests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.carbomt.demo.LoraFrame;
import org.carbomt.itests.AckBook.Reading;

/** Frames of one LoRaWAN device through one gateway, which keeps a frame until it is acknowledged; counters from 0. */
final class LoraLoad extends Load {
    private final Gateway gateway;
    private final int devAddr;
    private final byte[] nwkSKey;
    private final byte[] appSKey;

    LoraLoad(Container container, String device, String devAddr, Client client, Pace pace) throws IOException {
        super(device, client, pace);
        gateway = new Gateway(container.udp, 400);
        this.devAddr = (int) Long.parseLong(devAddr, 16);
        nwkSKey = HexFormat.of().parseHex(container.keys().radioKey(device + ".nwkSKey"));
        appSKey = HexFormat.of().parseHex(container.keys().radioKey(device + ".appSKey"));
    }

    @Override
    List<Reading> deliver(List<Reading> readings) throws IOException {
        var reading = readings.get(0);
        var payload = ByteBuffer.allocate(3).put((byte) 6).putShort((short) value(reading)).array();
        var frame = LoraFrame.dataUp(devAddr, (int) number(reading), 5, payload, nwkSKey, appSKey);
        return gateway.push(Gateway.heard(frame, Optional.of(Instant.ofEpochMilli(reading.timeMillis())))) ? readings : List.of();
    }
}
