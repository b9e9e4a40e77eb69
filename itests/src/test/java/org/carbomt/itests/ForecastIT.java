package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.carbomt.demo.Api;
import org.carbomt.demo.Ingest;
import org.carbomt.demo.Senders;
import org.junit.jupiter.api.Test;

/** Forecasts in the container, on PostgreSQL (unit tests have Derby): issued, absent while their bundle is stopped, kept over its update, judged by the hours that came meanwhile. */
class ForecastIT {
    private static final String BUNDLE = "org.carbomt.forecast";
    private static final String FORECASTS = "/sources/unit/forecasts?limit=100";
    private static final LocalDate JANUARY = LocalDate.parse("2020-01-01");

    @Test
    void comesGoesAndIsJudgedByWhatCame() throws Exception {
        try (var database = new PrivatePostgres(); var container = new Container("forecast", "site")) {
            container.set("org.carbomt.platform.store", "url", database.url());
            container.set("org.carbomt.platform.store", "user", "carbomt");
            var password = container.home.resolve("etc/store.password");
            Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, database.password() + "\n");
            container.set("org.carbomt.platform.store", "passwordFile", "${karaf.etc}/store.password");
            container.start();
            var admin = container.admin();
            source(admin);
            var plant = new Ingest(container.base(), "plant", container.secret("plant"));

            Senders.plant(plant, JANUARY, JANUARY.plusDays(60), n -> {});
            container.awaitHours(admin);
            var first = awaitForecast(admin);
            assertEquals(24, first.get("hours").size());
            assertEquals(4, first.get("judged").size());
            assertEquals(first.get("method"), first.get("judged").get(0).get("method"));
            assertTrue(first.path("realised").isNull(), first.toString());

            container.exec("bundle:stop " + BUNDLE);
            assertEquals(503, assertThrows(Api.Refused.class, () -> admin.get(FORECASTS)).status);
            Senders.plant(plant, JANUARY.plusDays(60), JANUARY.plusDays(61), n -> {});
            container.awaitHours(admin);
            container.exec("bundle:start " + BUNDLE);
            awaitForecast(admin);
            container.exec("bundle:update " + BUNDLE);
            var kept = Container.await("forecasts after the update", 20, () -> admin.get(FORECASTS).get("items"), items -> items.size() >= 2);
            var judged = kept.get(1);
            assertEquals(first.get("hours"), judged.get("hours"), "a forecast stays as it was issued");
            assertEquals(first.get("model"), judged.get("model"));
            assertEquals(24, judged.get("realised").get("hours").asInt());
        }
    }

    private static void source(Api admin) {
        admin.put("/devices/plant", Map.of("siteId", "site", "profileId", "plant-data-system", "name", "plant", "addresses", Map.of(), "syntheticChannels", List.of(), "acceptFrom", "2020-01-01T00:00:00Z", "enabled", true));
        admin.put("/sources/unit", Map.of("siteId", "site", "name", "unit", "ruleBook", "part75", "method", "G-4", "inputs",
                Map.of("heatInput", Map.of("deviceId", "plant", "channel", "heatInput"), "operatingTime", Map.of("deviceId", "plant", "channel", "operatingTime")), "parameters", Map.of("Fc", "1040"), "operatorId", "site"));
    }

    /** The one after the newest hour. */
    private static JsonNode awaitForecast(Api admin) {
        var next = Instant.parse(admin.get("/sources/unit").get("newestHour").asText()).plusSeconds(3600).toString();
        return Container.await("a forecast from " + next, 30, () -> admin.get(FORECASTS).get("items").path(0), f -> f.path("hours").path(0).path("hourStart").asText().equals(next));
    }
}
