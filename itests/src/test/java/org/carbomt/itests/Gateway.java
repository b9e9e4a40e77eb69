package org.carbomt.itests;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A LoRaWAN gateway that speaks Semtech's UDP protocol, version 2. One thread. */
final class Gateway implements AutoCloseable {
    private static final byte[] EUI = HexFormat.of().parseHex("0016c001ff10a235");
    private final int port;
    private final DatagramSocket socket;
    private int token;

    Gateway(int port, int answerMillis) throws IOException {
        this.port = port;
        socket = new DatagramSocket();
        socket.setSoTimeout(answerMillis);
    }

    /** PUSH_DATA, once. @return whether its PUSH_ACK came in time */
    boolean push(String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        token = token + 1 & 0xffff;
        var packet = ByteBuffer.allocate(12 + body.length).put((byte) 2).putShort((short) token).put((byte) 0).put(EUI).put(body).array();
        socket.send(new DatagramPacket(packet, packet.length, new InetSocketAddress("127.0.0.1", port)));
        var answer = new DatagramPacket(new byte[64], 64);
        try {
            while (true) {
                socket.receive(answer);
                var a = answer.getData();
                if (answer.getLength() >= 4 && a[3] == 1 && ((a[1] & 0xff) << 8 | a[2] & 0xff) == token) return true;
            }
        } catch (SocketTimeoutException late) {
            return false;
        }
    }

    static String heard(byte[] frame, Optional<Instant> at) {
        return "{\"rxpk\":[{" + at.map(t -> "\"time\":\"" + t + "\",").orElse("") + "\"tmst\":1,\"freq\":868.5,\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"rssi\":-51,\"lsnr\":9.5,\"size\":" + frame.length
                + ",\"data\":\"" + Base64.getEncoder().encodeToString(frame) + "\"}]}";
    }

    @Override
    public void close() {
        socket.close();
    }
}
