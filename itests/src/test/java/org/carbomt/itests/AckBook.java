package org.carbomt.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the clients sent and what was acknowledged, in their own hand: an acknowledgement counts once it is written here and forced. Any thread. */
final class AckBook implements AutoCloseable {
    /** The one reading of a device at a time. */
    record Reading(String device, long timeMillis) {}

    private final Path file;
    private final FileChannel channel;
    private final Set<Reading> sent = ConcurrentHashMap.newKeySet();

    AckBook(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before they leave. */
    void sent(Collection<Reading> readings) {
        sent.addAll(readings);
    }

    /** After the server's word, and before the client forgets them. */
    synchronized void acknowledged(Collection<Reading> readings) {
        if (readings.isEmpty()) return;
        var lines = readings.stream().map(r -> r.device() + " " + r.timeMillis() + "\n").collect(Collectors.joining());
        try {
            var bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<Reading> sent() {
        return Set.copyOf(sent);
    }

    /** Read back from the disk. */
    Set<Reading> acknowledged() {
        try (var lines = Files.lines(file)) {
            var all = new HashSet<Reading>();
            lines.forEach(line -> all.add(new Reading(line.substring(0, line.indexOf(' ')), Long.parseLong(line.substring(line.indexOf(' ') + 1)))));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
