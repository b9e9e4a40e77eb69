package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.device.Devices;
import org.carbomt.api.device.Profiles;
import org.carbomt.api.device.RadioSessions;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.evidence.EvidenceStore;
import org.carbomt.api.forecast.Forecasts;
import org.carbomt.api.identity.Person;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.MarketFindings;
import org.carbomt.api.market.Sales;
import org.carbomt.api.model.Models;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.proof.ProofFiles;
import org.carbomt.api.verification.Verifications;

/** Who runs, what is absent, how far the data has come; and who is asking. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
    static final List<Class<?>> PARTS = List.of(Intake.class, Journal.class, Devices.class, Profiles.class, RadioSessions.class, Hours.class, Forecasts.class, Models.class, Verifications.class, HourBatches.class, EvidenceStore.class, Ledger.class, Credits.class, Sales.class, Exchange.class, MarketFindings.class, ProofFiles.class);
    private final Parts parts;
    private final Clock clock;
    private final String version;
    private final Set<String> expected;

    /** @param expected names of the parts that the profile should have */
    StatusResource(Parts parts, Clock clock, String version, Set<String> expected) {
        this.parts = parts;
        this.clock = clock;
        this.version = version;
        this.expected = expected;
    }

    @GET
    @Path("status")
    public Status status() {
        var present = new LinkedHashMap<String, Boolean>();
        for (var part : PARTS) {
            if (expected.isEmpty() || expected.contains(part.getSimpleName())) present.put(part.getSimpleName(), parts.find(part).isPresent());
        }
        return new Status(version, present, parts.notStarted(), parts.find(Journal.class).map(j -> new JournalState(j.nextSequence())), parts.find(Hours.class).map(h -> new HoursState(h.computedThrough())), clock.instant());
    }

    @GET
    @Path("openapi.json")
    public String openApi() {
        return Text.resource("openapi.json");
    }

    @GET
    @Path("me")
    public Person me(@Context SecurityContext security) {
        return Callers.caller(security);
    }

    /** @param notStarted bundles that are installed and do not run */
    public record Status(String version, Map<String, Boolean> parts, List<String> notStarted, Optional<JournalState> journal, Optional<HoursState> hours, Instant time) {}

    public record JournalState(long nextSequence) {}

    public record HoursState(long computedThrough) {}
}
