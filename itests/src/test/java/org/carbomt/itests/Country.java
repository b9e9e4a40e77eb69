package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.carbomt.demo.Api;
import org.carbomt.demo.Ingest;
import org.carbomt.demo.Keys;
import org.carbomt.demo.Senders;
import org.carbomt.demo.Site;

/** The demo site on a test container, and the steps from recorded hours to credits, each safe to be repeated. */
final class Country {
    private static final ZoneOffset SITE_TIME = ZoneOffset.ofHours(-7);
    final Container container;
    final Api admin;
    final Keys keys;
    final Site site;

    Country(Container container) {
        this.container = container;
        this.admin = container.admin();
        this.keys = container.keys();
        this.site = new Site(admin, keys);
        site.build();
    }

    int plant(LocalDate from, LocalDate to) throws InterruptedException {
        int sent = Senders.plant(new Ingest(container.base(), Site.PLANT, site.secret(Site.PLANT)), from, to, n -> {});
        container.awaitHours(admin);
        return sent;
    }

    static String utc(LocalDate day) {
        return day.atStartOfDay().toInstant(SITE_TIME).toString();
    }

    /** Case opened, signed, batched and anchored; goes on from where an earlier attempt stopped. @return the batch */
    JsonNode batch(LocalDate from, LocalDate to) {
        JsonNode found = null;
        for (var c : admin.get("/cases").get("items")) {
            if (c.get("from").asText().equals(utc(from)) && c.get("to").asText().equals(utc(to)) && !c.get("status").asText().equals("REFUSED")) found = c;
        }
        if (found == null) found = site.as("engineer").post("/cases", Map.of("sourceId", Site.GAS_UNIT, "from", utc(from), "to", utc(to)));
        var id = found.get("id").asText();
        var verifier = site.as("verifier");
        if (found.get("status").asText().equals("OPEN")) {
            for (var f : admin.get("/cases/" + id + "/findings").get("items")) {
                if (f.get("severity").asText().equals("BLOCKING") && f.get("clearedBy").asText("").isEmpty()) verifier.post("/findings/" + f.get("id").asText() + "/clear", Map.of("reason", "compared with the recording (test)"));
            }
            var statement = verifier.get("/cases/" + id + "/statement?accept=true&reason=").get("statement").asText();
            verifier.post("/cases/" + id + "/signature", Map.of("accept", true, "reason", "", "signature", keys.sign(statement)));
        }
        var batch = site.as("engineer").post("/batches", Map.of("caseId", id));
        Container.await("anchoring", 60, () -> effect(batch.get("anchorKey").asText()), e -> e.equals("DONE"));
        return batch;
    }

    void project(String baselineBatch) {
        admin.put("/projects/C01-001", Map.of("name", "Efficiency", "country", "US", "sourceId", Site.GAS_UNIT, "methodology", "baseline-intensity", "baselineBatchId", baselineBatch, "accountId", "afton-power", "parameters", Map.of()));
    }

    /** @return the issuance, DONE or REFUSED */
    JsonNode issue(String batch) {
        var asked = admin.post("/issuances", Map.of("projectId", "C01-001", "batchId", batch));
        return Container.await("issuance", 60, () -> admin.get("/issuances/" + asked.get("id").asText()), i -> i.get("status").asText().matches("DONE|REFUSED"));
    }

    String effect(String key) {
        for (var e : admin.get("/effects?limit=1000").get("items")) {
            if (e.get("businessKey").asText().equals(key)) return e.get("status").asText();
        }
        return "";
    }
}
