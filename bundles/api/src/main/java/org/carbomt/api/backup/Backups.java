package org.carbomt.api.backup;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Makes backups. */
@ProviderType
public interface Backups {
    /**
     * Writes all that the container keeps into one zip archive, readable by its owner only, while everything goes on working. The archive appears under its
     * name when it is whole and forced to disk.
     *
     * @param file must not exist; its folder must
     * @param progress gets a line for each part
     */
    Written write(Path file, Consumer<String> progress);

    /** @param bytes size of the archive */
    record Written(Path file, int files, long bytes) {}
}
