package org.carbomt.platform.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The one key that opens the figures and nothing else; made at first start (256 random bits, file of mode 0600). */
final class MetricsKey {
    private MetricsKey() {}

    static String of(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            if (file.getParent() != null) Files.createDirectories(file.getParent());
            var bytes = new byte[32];
            random.nextBytes(bytes);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        var key = Files.readString(file).strip();
        if (key.length() < 32) throw new IOException(file.getFileName() + " holds a key of " + key.length() + " characters, expected 32 at least; delete the file and another is made");
        return key;
    }
}
