package org.carbomt.tool.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.carbomt.api.canonical.Hash;
import org.carbomt.tool.Failure;

/** An archive that {@code carbomt backup} wrote: a zip file with a list of its files. Nothing of it is believed before it fits the list. */
final class BackupArchive implements AutoCloseable {
    private static final String LIST = "backup.json";
    private static final int LONGEST_LIST = 256 << 20;
    /** Where files of a backup may go, below the home of the container. */
    private static final Pattern PLACES = Pattern.compile("(data|etc|camel-routes|hardware-profiles)(/[^/\\\\\\x00]+)+");
    private final String name;
    private final ZipFile zip;
    private final JsonNode list;

    BackupArchive(Path file) {
        name = file.toString();
        if (!Files.exists(file)) throw Failure.unreadable(name, new java.nio.file.NoSuchFileException(name));
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw Failure.refused(name + ": not a whole archive of 'carbomt backup': " + e.getMessage());
        } catch (IOException e) {
            throw Failure.unreadable(name, e);
        }
        list = readList();
    }

    private JsonNode readList() {
        var entry = zip.getEntry(LIST);
        if (entry == null) throw Failure.refused(name + ": it has no " + LIST + ", expected an archive of 'carbomt backup'");
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(LONGEST_LIST);
            var json = new ObjectMapper().readTree(bytes);
            if (!json.path("format").asText().equals("carbomt-backup/1")) throw Failure.refused(name + ": format = " + json.path("format").asText() + ", expected carbomt-backup/1");
            return json;
        } catch (IOException e) {
            throw Failure.refused(name + ": " + LIST + " cannot be read: " + e.getMessage());
        }
    }

    String version() {
        return list.path("version").asText();
    }

    String at() {
        return list.path("at").asText();
    }

    /** Folders that did not lie in the data folder, by part. */
    Map<String, Path> folders() {
        var folders = new LinkedHashMap<String, Path>();
        list.path("folders").fields().forEachRemaining(f -> folders.put(f.getKey(), Path.of(f.getValue().asText())));
        return folders;
    }

    /** Compares every file with the list. @param into where they are unpacked meanwhile; null: only compared @return how many */
    int unpack(Path into) {
        var listed = new HashSet<String>();
        listed.add(LIST);
        for (var file : list.path("files")) {
            var path = file.path("name").asText();
            if (!PLACES.matcher(path).matches() || path.contains("/../") || path.endsWith("/..") || path.contains("/./")) throw Failure.refused(name + ": file '" + path + "', expected one below data, etc, camel-routes or hardware-profiles");
            if (!listed.add(path)) throw Failure.refused(name + ": " + path + " is listed twice");
            try {
                one(file, path, into);
            } catch (ZipException e) {
                throw damaged(path, e.getMessage());
            } catch (IOException e) {
                throw Failure.unreadable(name + ", " + path, e);
            }
        }
        zip.stream().filter(e -> !listed.contains(e.getName())).findFirst().ifPresent(e -> {
            throw Failure.refused(name + ": it holds " + e.getName() + ", which its list does not name");
        });
        return listed.size() - 1;
    }

    private void one(JsonNode file, String path, Path into) throws IOException {
        var entry = zip.getEntry(path);
        if (entry == null) throw damaged(path, "it is not there");
        long bytes = file.path("bytes").asLong();
        var digest = Hash.digest();
        var buffer = new byte[1 << 16];
        long seen = 0;
        try (var in = zip.getInputStream(entry); var out = into == null ? java.io.OutputStream.nullOutputStream() : create(into.resolve(path), file.path("mode").asText())) {
            for (int n; (n = in.read(buffer)) >= 0;) {
                seen += n;
                if (seen > bytes) throw damaged(path, "it is longer than " + bytes + " bytes");
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        if (seen != bytes) throw damaged(path, "it has " + seen + " bytes, expected " + bytes);
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.path("sha256").asText())) throw damaged(path, "its content was changed");
    }

    private static java.io.OutputStream create(Path target, String mode) throws IOException {
        Files.createDirectories(target.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode.matches("([r-][w-][x-]){3}") ? mode : "rw-------")));
        return Files.newOutputStream(target);
    }

    private Failure damaged(String path, String why) {
        return Failure.refused(name + ": " + path + ": " + why + "; take another backup");
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw Failure.unreadable(name, e);
        }
    }
}
