package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The profiles that no other test runs: each starts with all of its parts, serves, and stops. */
class ProfilesIT {
    @ParameterizedTest
    @ValueSource(strings = {"site", "registry"})
    void startsWithAllOfItsParts(String profile) {
        try (var container = new Container("profile-" + profile, profile)) {
            container.start();
            var parts = container.admin().get("/status").get("parts");
            assertTrue(parts.size() >= 9, parts.toString());
            for (var part : parts) assertTrue(part.asBoolean(), parts.toString());
            assertEquals(profile.equals("registry"), parts.has("Credits"));
        }
    }
}
