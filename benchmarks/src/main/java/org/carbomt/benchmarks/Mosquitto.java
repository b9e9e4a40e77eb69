package org.carbomt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** mosquitto on a loopback port, as ../shared/peers/mqtt-mosquitto runs it: it stores nothing. */
final class Mosquitto implements AutoCloseable {
    final int port;
    private final Process process;

    Mosquitto(Path work) throws IOException {
        port = Processes.freePorts(1).get(0);
        var settings = work.resolve("mosquitto.conf");
        Files.writeString(settings, """
                listener %d 127.0.0.1
                allow_anonymous true
                max_queued_messages 0
                max_inflight_messages 0
                persistence false
                log_type error
                """.formatted(port));
        process = Processes.begin(List.of(program(), "-c", settings.toString()), work, work.resolve("mosquitto.log"));
        Processes.awaitPort(port, 10);
    }

    static String program() {
        return Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
