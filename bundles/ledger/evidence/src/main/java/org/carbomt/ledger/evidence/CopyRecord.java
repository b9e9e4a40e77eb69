package org.carbomt.ledger.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;

/**
 * What a place has confirmed: {@code copies/<first 16 hex characters of the place's SHA-256>}, one CID a line, only appended to; a line that a power cut has torn is cut off when opened.
 * A line that was lost costs a question to the store, no more, so it is forced to disk by the system in its own time. Thread safe.
 */
final class CopyRecord implements AutoCloseable {
    private static final int LINE = 60;
    private final Set<Cid> cids = ConcurrentHashMap.newKeySet();
    private final FileChannel channel;

    CopyRecord(Path folder, String place) {
        var file = folder.resolve("copies").resolve(Hash.sha256(place.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16));
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var bytes = Files.readAllBytes(file);
            int end = 0;
            while (end + LINE <= bytes.length && bytes[end + LINE - 1] == '\n') {
                var text = new String(bytes, end, LINE - 1, StandardCharsets.US_ASCII);
                if (!text.matches("b[a-z2-7]{58}")) break;
                cids.add(new Cid(text));
                end += LINE;
            }
            channel.truncate(end).position(end);
        } catch (IOException e) {
            throw new UncheckedIOException("record of copies " + file, e);
        }
    }

    boolean contains(Cid cid) {
        return cids.contains(cid);
    }

    int size() {
        return cids.size();
    }

    synchronized void add(Cid cid) {
        if (!cids.add(cid)) return;
        try {
            var line = ByteBuffer.wrap((cid.text() + "\n").getBytes(StandardCharsets.US_ASCII));
            while (line.hasRemaining()) channel.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("record of copies", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("record of copies", e);
        }
    }
}
