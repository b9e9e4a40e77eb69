package org.carbomt.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of MQTT 3.1.1 as a load needs, on a plain socket: what is measured shall be the broker. One thread. */
final class MqttClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** Connects. @param user null for none */
    MqttClient(int port, String clientId, String user, String password) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        var body = new ByteArrayOutputStream();
        body.writeBytes(text("MQTT"));
        body.writeBytes(new byte[] {4, (byte) (user == null ? 0x02 : 0xc2), 0, 60});
        body.writeBytes(text(clientId));
        if (user != null) {
            body.writeBytes(text(user));
            body.writeBytes(text(password));
        }
        packet(0x10, body.toByteArray());
        out.flush();
        int head = in.read();
        var answer = in.readNBytes(length());
        if (head != 0x20 || answer[1] != 0) throw new IOException("the broker refused the connection: " + (answer.length > 1 ? answer[1] : head));
    }

    private static byte[] text(String s) {
        var bytes = s.getBytes(StandardCharsets.UTF_8);
        var out = new byte[bytes.length + 2];
        out[0] = (byte) (bytes.length >> 8);
        out[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, out, 2, bytes.length);
        return out;
    }

    private void packet(int head, byte[]... parts) throws IOException {
        int length = 0;
        for (var part : parts) length += part.length;
        out.write(head);
        do {
            int digit = length & 127;
            length >>= 7;
            out.write(length > 0 ? digit | 128 : digit);
        } while (length > 0);
        for (var part : parts) out.write(part);
    }

    private int length() throws IOException {
        int value = 0;
        int shift = 0;
        int b;
        do {
            b = in.read();
            if (b < 0) throw new EOFException("the broker hung up");
            value |= (b & 127) << shift;
            shift += 7;
        } while ((b & 128) != 0);
        return value;
    }

    /**
     * Publishes with QoS 1, a window of messages unacknowledged, until the last is acknowledged.
     *
     * @param first time of the first row
     */
    void publish(String topic, Readings.Template message, long first, int count, int window) throws IOException {
        var name = text(topic);
        var id = new byte[2];
        long time = first;
        int open = 0;
        for (int i = 0; i < count; i++) {
            int number = i % 65_535 + 1;
            id[0] = (byte) (number >> 8);
            id[1] = (byte) number;
            message.stamp(time);
            time += (long) message.rows() * Readings.STEP_MILLIS;
            packet(0x32, name, id, message.bytes);
            if (++open < window) continue;
            out.flush();
            do {
                acknowledged();
                open--;
            } while (open > 0 && in.available() >= 4);
        }
        out.flush();
        for (; open > 0; open--) acknowledged();
    }

    private void acknowledged() throws IOException {
        int head = in.read();
        if (head < 0) throw new EOFException("the broker hung up");
        in.skipNBytes(length());
        if (head != 0x40) throw new IOException("packet " + Integer.toHexString(head) + "; expected PUBACK");
    }

    /** Subscribes with QoS 1 and acknowledges so many messages. @param ready runs when the subscription stands */
    void take(String filter, long count, Runnable ready) throws IOException {
        packet(0x82, new byte[] {0, 1}, text(filter), new byte[] {1});
        out.flush();
        in.read();
        in.skipNBytes(length());
        ready.run();
        byte[] ack = {0x40, 2, 0, 0};
        for (long n = 0; n < count;) {
            int head = in.read();
            var body = in.readNBytes(length());
            if ((head & 0xf0) != 0x30) continue;
            int id = 2 + ((body[0] & 0xff) << 8 | body[1] & 0xff);
            if ((head >> 1 & 3) == 1) {
                ack[2] = body[id];
                ack[3] = body[id + 1];
                out.write(ack);
                if (in.available() == 0) out.flush();
            }
            n++;
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
