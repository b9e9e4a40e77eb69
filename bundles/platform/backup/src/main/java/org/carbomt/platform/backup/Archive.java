package org.carbomt.platform.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.carbomt.api.canonical.Hash;

/**
 * A zip file whose last entry, {@code backup.json}, names every other with size, SHA-256 and mode. It is written as {@code NAME.part} and gets its name when
 * it is whole and forced.
 */
final class Archive implements AutoCloseable {
    static final String LIST = "backup.json";
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final List<Map<String, Object>> files = new ArrayList<>();
    private final byte[] buffer = new byte[1 << 16];

    Archive(Path file) throws IOException {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        channel = FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        zip = new ZipOutputStream(Channels.newOutputStream(channel));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** The folder's files below that name, those that are there now; one that goes away meanwhile is none. @return how many */
    int folder(String name, Path place, Set<String> without) throws IOException {
        var folder = place.toRealPath(); // a link where the home is read-only
        List<Path> paths;
        try (var walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile).filter(p -> !without.contains(folder.relativize(p).getName(0).toString())).sorted().toList();
        }
        int before = files.size();
        for (var path : paths) file(name + "/" + folder.relativize(path).toString().replace('\\', '/'), path);
        return files.size() - before;
    }

    /** As much of the file as there is when it is opened: what is appended meanwhile belongs to the next backup. */
    void file(String name, Path path) throws IOException {
        try (var in = FileChannel.open(path, StandardOpenOption.READ)) {
            add(name, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), Channels.newInputStream(in), in.size());
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private void add(String name, String mode, InputStream in, long most) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var digest = Hash.digest();
        long bytes = 0;
        while (bytes < most) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, most - bytes));
            if (n < 0) break;
            digest.update(buffer, 0, n);
            zip.write(buffer, 0, n);
            bytes += n;
        }
        zip.closeEntry();
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", name);
        entry.put("bytes", bytes);
        entry.put("sha256", HexFormat.of().formatHex(digest.digest()));
        entry.put("mode", mode);
        files.add(entry);
    }

    /** Ends it. @param about what stands in the list beside the files @return how many files it holds */
    int finish(Map<String, Object> about) throws IOException {
        var list = new LinkedHashMap<>(about);
        list.put("files", files);
        zip.putNextEntry(new ZipEntry(LIST));
        OutputStream out = zip;
        out.write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(list));
        zip.closeEntry();
        zip.finish();
        channel.force(true);
        zip.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return files.size();
    }

    /** What is not finished leaves nothing. */
    @Override
    public void close() throws IOException {
        zip.close();
        channel.close();
        Files.deleteIfExists(part);
    }
}
