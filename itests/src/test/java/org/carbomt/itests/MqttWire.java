package org.carbomt.itests;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A device's connection, bare: says exactly what the server answered to which message. Sends from one thread, answers come on its own. */
final class MqttWire implements AutoCloseable {
    /** The server ended the connection; what was not answered is unknown. */
    static final class Gone extends IOException {
        private static final long serialVersionUID = 1;

        Gone(String how) {
            super(how);
        }
    }

    private static final int WINDOW = 500;
    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final int version;
    private final Map<Integer, CompletableFuture<Integer>> waiting = new ConcurrentHashMap<>();
    private final Semaphore window = new Semaphore(WINDOW);
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private int nextId;

    /** @param version 4 for MQTT 3.1.1, or 5. @throws Refused when the server says no */
    MqttWire(int port, String clientId, String user, String password, int version) throws IOException {
        this.version = version;
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream(), 16_384));
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 16_384));
        try {
            connect(clientId, user, password);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        socket.setSoTimeout(0);
        var reader = new Thread(this::read, "mqtt " + clientId);
        reader.setDaemon(true);
        reader.start();
    }

    /** The reason code of a CONNACK that is no success. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        final int reason;

        Refused(int reason) {
            super("CONNACK 0x" + Integer.toHexString(reason));
            this.reason = reason;
        }
    }

    private void connect(String clientId, String user, String password) throws IOException {
        var body = new ByteArrayOutputStream();
        var data = new DataOutputStream(body);
        text(data, "MQTT");
        data.writeByte(version);
        data.writeByte(0xC2); // user name, password, clean
        data.writeShort(60);
        if (version == 5) data.writeByte(0);
        text(data, clientId);
        text(data, user);
        text(data, password);
        packet(0x10, body.toByteArray());
        out.flush();
        int kind = in.readUnsignedByte();
        var answer = in.readNBytes(length());
        if (kind != 0x20) throw new IOException("expected CONNACK, got packet 0x" + Integer.toHexString(kind));
        if (answer[1] != 0) throw new Refused(answer[1] & 0xff);
    }

    /** QoS 1. @return the reason code of its PUBACK (0 in MQTT 3.1.1), or {@link Gone} when the connection ended first */
    CompletableFuture<Integer> publish(String topic, byte[] payload) throws IOException {
        try {
            if (!window.tryAcquire(30, TimeUnit.SECONDS)) throw new Gone("no answer within 30 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone("interrupted");
        }
        var answer = new CompletableFuture<Integer>();
        nextId = nextId % 65_535 + 1;
        waiting.put(nextId, answer);
        if (end.isDone()) {
            fail(answer, nextId);
            return answer;
        }
        var body = new ByteArrayOutputStream(payload.length + 64);
        var data = new DataOutputStream(body);
        text(data, topic);
        data.writeShort(nextId);
        if (version == 5) data.writeByte(0);
        data.write(payload);
        try {
            packet(0x32, body.toByteArray());
            out.flush();
        } catch (IOException e) {
            finish(-1); // what was answered before the end has been counted by then
            return answer;
        }
        return answer;
    }

    /** The same, waited for. */
    int answer(String topic, String payload) throws IOException {
        return wait(publish(topic, payload.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reason code of the server's DISCONNECT, or -1 when it just hung up. */
    int ended() throws IOException {
        return wait(end);
    }

    private static int wait(CompletableFuture<Integer> answer) throws IOException {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Gone gone ? gone : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new Gone("no answer within 20 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone("interrupted");
        }
    }

    private void read() {
        int reason = -1;
        try {
            while (true) {
                int kind = in.readUnsignedByte();
                var body = in.readNBytes(length());
                if (kind == 0x40) {
                    var answer = waiting.remove((body[0] & 0xff) << 8 | body[1] & 0xff);
                    if (answer == null) throw new IOException("a PUBACK for no message");
                    window.release();
                    answer.complete(body.length > 2 ? body[2] & 0xff : 0);
                } else if (kind == 0xE0) {
                    reason = body.length > 0 ? body[0] & 0xff : 0;
                }
            }
        } catch (IOException e) {
            finish(reason);
        }
    }

    private synchronized void finish(int reason) {
        end.complete(reason);
        for (var id : waiting.keySet()) fail(waiting.get(id), id);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail(CompletableFuture<Integer> answer, int id) {
        if (answer == null || waiting.remove(id) == null) return;
        window.release();
        answer.completeExceptionally(new Gone("the connection ended"));
    }

    private static void text(DataOutputStream data, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        data.writeShort(bytes.length);
        data.write(bytes);
    }

    private void packet(int kind, byte[] body) throws IOException {
        out.writeByte(kind);
        int rest = body.length;
        do {
            out.writeByte(rest > 127 ? rest & 127 | 128 : rest);
            rest >>>= 7;
        } while (rest > 0);
        out.write(body);
    }

    private int length() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int b = in.read();
            if (b < 0) throw new EOFException();
            value |= (b & 127) << shift;
            if (b < 128) return value;
        }
        throw new IOException("length of more than four bytes");
    }

    /** Hangs up without a word. What is not answered is unknown. */
    void abandon() {
        finish(-1);
    }

    @Override
    public void close() throws IOException {
        if (!end.isDone()) {
            packet(0xE0, new byte[0]);
            out.flush();
        }
        socket.close();
    }
}
