package org.carbomt.field.lorawan;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket gateways send to. What cannot be taken now is not answered: the gateway has it still. */
final class UdpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    private static final int UNDER_WAY = 1024;
    private final Uplinks uplinks;
    private final long drainMillis;
    private final DatagramSocket socket;
    private final Semaphore free = new Semaphore(UNDER_WAY);
    private final Thread thread = new Thread(this::run, "carbomt-lorawan-udp");
    private volatile boolean open = true;

    UdpListener(String host, int port, Uplinks uplinks, long drainMillis) throws IOException {
        this.uplinks = uplinks;
        this.drainMillis = drainMillis;
        socket = new DatagramSocket(null);
        try {
            socket.setReceiveBufferSize(1 << 20);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            socket.close();
            throw new IOException("UDP port " + port + " of " + host + " cannot be listened on: " + e.getMessage(), e);
        }
        thread.setDaemon(true);
        thread.start();
        LOG.info("LoRaWAN gateways (Semtech UDP) on {}", socket.getLocalSocketAddress());
    }

    int port() {
        return socket.getLocalPort();
    }

    private void run() {
        var buffer = new byte[65_535];
        while (open) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                take(packet);
            } catch (IOException e) {
                if (open) LOG.warn("a datagram could not be read: {}", e.toString());
            } catch (RuntimeException | LinkageError e) {
                LOG.error("a datagram of {} is not acknowledged", packet.getSocketAddress(), e);
            }
        }
    }

    private void take(DatagramPacket packet) {
        var from = packet.getSocketAddress();
        var datagram = Gwmp.parse(packet.getData(), packet.getLength());
        if (datagram.isEmpty()) {
            LOG.debug("{} bytes of {} are no datagram of a gateway", packet.getLength(), from);
        } else if (datagram.get().kind() == Gwmp.PULL_DATA) {
            answer(datagram.get().answer(Gwmp.PULL_ACK), from);
        } else if (datagram.get().kind() == Gwmp.PUSH_DATA) {
            push(datagram.get(), from);
        }
    }

    private void push(Gwmp datagram, SocketAddress from) {
        if (!free.tryAcquire()) {
            LOG.warn("gateway {}: not taken, {} datagrams are under way", datagram.gateway(), UNDER_WAY);
            return;
        }
        try {
            uplinks.take(datagram).whenComplete((done, failure) -> {
                if (failure == null && done) answer(datagram.answer(Gwmp.PUSH_ACK), from);
                free.release();
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private void answer(byte[] bytes, SocketAddress to) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            LOG.debug("gateway at {} was not answered", to, e);
        }
    }

    /** Takes no more, answers what was taken. */
    @Override
    public void close() {
        open = false;
        try {
            if (!free.tryAcquire(UNDER_WAY, drainMillis, TimeUnit.MILLISECONDS)) LOG.warn("LoRaWAN stops with frames that are not acknowledged; their gateways keep them");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
        LOG.info("LoRaWAN stopped");
    }
}
