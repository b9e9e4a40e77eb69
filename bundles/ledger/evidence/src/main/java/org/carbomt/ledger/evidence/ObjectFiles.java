package org.carbomt.ledger.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carbomt.api.evidence.Cid;

/**
 * Objects as files: {@code <folder>/objects/<2 characters>/<cid>}, two characters from near the end of the CID (1,024 folders). A file under that name is
 * always whole: it is written and forced as {@code <folder>/incoming/<random>.part} first, then renamed, and the folders are forced. A
 * {@link Cid} holds only a-z and 2-7, so no name can leave the folder. Thread safe.
 */
final class ObjectFiles {
    private final Path objects;
    private final Path incoming;

    /** Makes the folders and removes what an interrupted write has left. */
    ObjectFiles(Path folder) {
        objects = folder.resolve("objects");
        incoming = folder.resolve("incoming");
        try {
            Files.createDirectories(objects);
            Files.createDirectories(incoming);
            try (var left = Files.newDirectoryStream(incoming, "*.part")) {
                for (var part : left) Files.deleteIfExists(part);
            }
            force(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("evidence folder " + folder, e);
        }
    }

    /** Stores under the CID; on return the object survives a power cut. */
    void write(Cid cid, byte[] bytes) {
        var target = path(cid);
        var part = incoming.resolve(UUID.randomUUID() + ".part");
        try {
            try (var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) channel.write(buffer);
                channel.force(true);
            }
            boolean newShard = !Files.isDirectory(target.getParent());
            Files.createDirectories(target.getParent());
            move(part, target);
            force(target.getParent());
            if (newShard) force(objects);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw new UncheckedIOException("evidence object " + cid, e);
        }
    }

    Optional<byte[]> read(Cid cid) {
        try {
            return Optional.of(Files.readAllBytes(path(cid)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("evidence object " + cid, e);
        }
    }

    /** All objects, in no order; a file with another name is not one. */
    List<Cid> list() {
        try (var paths = Files.walk(objects, 2)) {
            return paths.map(p -> p.getFileName().toString()).filter(n -> n.matches("b[a-z2-7]{58}")).map(Cid::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("evidence folder " + objects, e);
        }
    }

    Path path(Cid cid) {
        return objects.resolve(cid.text().substring(55, 57)).resolve(cid.text());
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + target + " cannot rename atomically; choose another directory", e);
        }
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
