package org.carbomt.platform.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.telemetry.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    private record Fixed(String name, boolean critical, Optional<String> problem) implements HealthCheck {}

    @Test
    void whatIsNotCriticalDegradesAndWhatIsStops() {
        var chain = new Fixed("chain", false, Optional.of("away"));
        assertTrue(Health.ready(Health.of(List.of(chain, new Fixed("store", true, Optional.empty())))));
        assertFalse(Health.ready(Health.of(List.of(chain, new Fixed("store", true, Optional.of("away"))))));
    }

    @Test
    void aCheckThatFailsIsAProblemAndTellsNoStranger() {
        HealthCheck broken = new HealthCheck() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Optional<String> problem() {
                throw new IllegalStateException("jdbc:postgresql://10.0.0.1/secret");
            }
        };
        var answer = Health.of(List.of(broken)).get(0);
        assertEquals("its check failed; the log says more", answer.problem().orElseThrow());
        assertFalse(Health.ready(List.of(answer)));
    }

    @Test
    void theKeyIsMadeOnceForItsOwnerOnly(@TempDir Path folder) throws IOException {
        var file = folder.resolve("a/metrics.key");
        var key = MetricsKey.of(file, new SecureRandom());
        assertEquals(43, key.length());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(key, MetricsKey.of(file, new SecureRandom()));
        assertNotEquals(key, MetricsKey.of(folder.resolve("b.key"), new SecureRandom()));
        Files.writeString(file, "short");
        assertThrows(IOException.class, () -> MetricsKey.of(file, new SecureRandom()));
    }
}
