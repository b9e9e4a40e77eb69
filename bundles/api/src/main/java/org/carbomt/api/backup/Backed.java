package org.carbomt.api.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part with files of its own. Append-only files that are cut back to their last whole record when opened may be copied as they lie, at any
 * moment: what was durable before is in the copy. A part whose files cannot be copied so makes a copy itself.
 */
@ConsumerType
public interface Backed {
    /** A folder whose files are taken as they lie, but for those named. */
    static Backed folder(String name, Path folder, String... without) {
        record Lying(String name, Path folder, Set<String> without) implements Backed {}
        return new Lying(name, folder, Set.of(without));
    }

    /** Name of its folder in the archive, one word: {@code journal}. */
    String name();

    /** Where it lies. */
    Path folder();

    /** Names of files and folders in it that are left out, since they are made again from the others. */
    default Set<String> without() {
        return Set.of();
    }

    /**
     * Copies what is consistent in itself into an empty folder, instead of the files as they lie. It is asked before anything else is copied, so the other
     * parts' files are never older than this.
     *
     * @return whether it has made a copy; false: the files are taken as they lie
     */
    default boolean copy(Path into) throws IOException {
        return false;
    }
}
