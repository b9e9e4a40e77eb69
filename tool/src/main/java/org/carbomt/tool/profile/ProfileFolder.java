package org.carbomt.tool.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.device.Profile;
import org.carbomt.field.profiles.ProfileFile;
import org.carbomt.tool.Failure;
import picocli.CommandLine.Option;

/** The hardware profiles that a command can name: files, or those of a folder by their id. */
public final class ProfileFolder {
    private static final int MAX_BYTES = 1 << 20;

    @Option(names = "--profiles", paramLabel = "DIR", description = "Folder of the hardware profiles (default: hardware-profiles of the installation).")
    private Path folder;

    /**
     * A profile.
     *
     * @param binary true when its payloads are bytes, false when they are text
     * @param maxBytes of a payload
     * @param examples that it was tried on
     */
    public record Loaded(Profile profile, boolean binary, int maxBytes, int examples) {}

    /** @param idOrFile id of a profile of the folder, or a file */
    public Loaded find(String idOrFile) {
        var file = Path.of(idOrFile);
        if (idOrFile.endsWith(".yaml") || idOrFile.endsWith(".yml") || Files.isRegularFile(file)) return load(file);
        var ids = new ArrayList<String>();
        for (var candidate : files()) {
            var id = id(candidate);
            if (id.equals(Optional.of(idOrFile))) return load(candidate);
            id.ifPresent(ids::add);
        }
        throw Failure.usage("PROFILE = " + idOrFile + "; expected a file, or one of " + String.join(", ", ids) + " (of " + folder() + ")");
    }

    /** Reads and checks one file. */
    public static Loaded load(Path file) {
        var bytes = read(file);
        try {
            var profile = ProfileFile.parse(bytes);
            var tree = YamlTree.parse(bytes);
            boolean binary = !tree.text("payload", "format").equals(Optional.of("json"));
            return new Loaded(profile, binary, tree.text("payload", "maxBytes").map(Integer::parseInt).orElse(binary ? 1024 : 1 << 20), tree.size("examples"));
        } catch (CarboException.Invalid e) {
            throw Failure.refused(place(file, bytes, e) + e.problem().sentence());
        } catch (YamlTree.Malformed e) {
            throw Failure.refused(file + ", line " + e.line() + ": profile.invalid: " + e.getMessage());
        }
    }

    private static String place(Path file, byte[] bytes, CarboException.Invalid e) {
        try {
            var line = YamlTree.parse(bytes).lineOf(e.problem().field());
            return line.isPresent() ? file + ", line " + line.getAsInt() + ": " : file + ": ";
        } catch (YamlTree.Malformed malformed) {
            return malformed.line() > 0 ? file + ", line " + malformed.line() + ": " : file + ": ";
        }
    }

    /** The id that a file says, without checking the rest of it. */
    private static Optional<String> id(Path file) {
        try {
            return YamlTree.parse(read(file)).text("id");
        } catch (YamlTree.Malformed e) {
            return Optional.empty(); // 'profile list' and 'profile check' say what is wrong with it
        }
    }

    private static byte[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) throw Failure.refused(file + ": more than " + MAX_BYTES + " bytes; expected a hardware profile");
            return bytes;
        } catch (IOException e) {
            throw Failure.unreadable(file.toString(), e);
        }
    }

    /** The profile files of the folder, by name. */
    public List<Path> files() {
        var files = new ArrayList<Path>();
        try (var list = Files.newDirectoryStream(folder(), "*.{yaml,yml}")) {
            list.forEach(files::add);
        } catch (IOException e) {
            throw Failure.unreadable(folder() + " (folder of the hardware profiles, see --profiles)", e);
        }
        files.sort(null);
        return files;
    }

    private Path folder() {
        if (folder != null) return folder;
        var home = System.getProperty("carbomt.home");
        return home == null ? Path.of("hardware-profiles") : Path.of(home, "hardware-profiles");
    }
}
