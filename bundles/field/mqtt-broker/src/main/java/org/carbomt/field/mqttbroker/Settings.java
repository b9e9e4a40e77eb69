package org.carbomt.field.mqttbroker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the broker listens and how much it takes.
 *
 * @param port of plain MQTT; 0 takes a free one, -1 is off
 * @param tls listener with TLS 1.3, if any
 * @param connections most clients at once
 * @param messageBytes largest packet taken
 * @param receiveMaximum messages with QoS 1 or 2 that a client may have unanswered (MQTT 5, section 3.2.2.3.3)
 * @param keepAliveSeconds longest keep-alive; a client of MQTT 5 that asks for more, or for none, is told this one
 * @param batch most messages in one exchange
 * @param drainMillis how long a stopping broker waits for outcomes
 */
record Settings(String host, int port, Optional<Tls> tls, int connections, int messageBytes, int receiveMaximum, int keepAliveSeconds, int batch, long drainMillis) {
    /** What one client may have unanswered before its socket is read no further, bytes. */
    static final int UNANSWERED_BYTES_OF_ONE = 4 << 20;
    /** The same for all clients. */
    static final int UNANSWERED_BYTES_OF_ALL = 64 << 20;

    Settings {
        range("connections", connections, 1, 1_000_000);
        range("messageBytes", messageBytes, 1024, 64 << 20);
        range("receiveMaximum", receiveMaximum, 1, 65_535);
        range("keepAliveSeconds", keepAliveSeconds, 1, 65_535);
        range("batch", batch, 1, 100_000);
    }

    private static void range(String name, int value, int from, int to) {
        if (value < from || value > to) throw new IllegalArgumentException(name + " = " + value + "; expected " + from + " to " + to);
    }

    /** @param keyStore PKCS#12 with the server's key and certificate chain */
    record Tls(int port, Path keyStore, String password) {
        @Override
        public String toString() {
            return "Tls[port=" + port + ", keyStore=" + keyStore + "]";
        }
    }
}
