package org.carbomt.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.model.ModelCard;

/** Networks as files, {@code ID.onnx}; each is checked against the digest on its card when it is read. */
final class ModelFolder {
    private final Path folder;

    ModelFolder(Path folder) {
        this.folder = folder;
    }

    /** On disk when this returns. */
    void write(ModelCard card, byte[] onnx) {
        try {
            Files.createDirectories(folder);
            var part = folder.resolve(card.id() + ".part");
            try (var file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (var rest = ByteBuffer.wrap(onnx); rest.hasRemaining();) file.write(rest);
                file.force(true);
            }
            Files.move(part, file(card), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(ModelCard card) {
        if (card.sha256().isEmpty()) throw new CarboException.NotFound("network", card.id());
        try {
            var onnx = Files.readAllBytes(file(card));
            if (!Hash.sha256(onnx).hex().equals(card.sha256())) throw lost(card, "a file of another digest");
            return onnx;
        } catch (NoSuchFileException e) {
            throw lost(card, "no file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(ModelCard card) {
        return folder.resolve(card.id() + ".onnx");
    }

    private static CarboException.Unavailable lost(ModelCard card, String what) {
        return new CarboException.Unavailable(new Problem("model.file-lost", card.id() + ".onnx", what, "the file with SHA-256 " + card.sha256() + "; restore it from a backup"));
    }
}
