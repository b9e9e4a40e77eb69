package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.verification.Finding;
import org.carbomt.api.verification.Verifications;

/** Emission sources and their hours. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SourceResource {
    private static final int MOST_HOURS = 9_000;
    private final Parts parts;

    SourceResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Path("sources")
    public Page<SourceView> list() {
        return new Page<>(parts.get(EmissionSources.class).all().stream().map(this::view).toList());
    }

    @GET
    @Path("sources/{id}")
    public SourceView source(@PathParam("id") String id) {
        return view(find(id));
    }

    private EmissionSource find(String id) {
        return parts.get(EmissionSources.class).find(id).orElseThrow(() -> new CarboException.NotFound("source", id));
    }

    private SourceView view(EmissionSource s) {
        return new SourceView(s.id(), s.siteId(), s.name(), s.ruleBook(), s.method(), s.inputs(), s.parameters(), s.operatorId(), s.accountingFrom(), parts.find(Hours.class).flatMap(h -> h.newest(s.id())));
    }

    @PUT
    @Path("sources/{id}")
    public SourceView put(@PathParam("id") String id, SourceBody body) {
        var parameters = new LinkedHashMap<String, BigDecimal>();
        if (body.parameters != null) body.parameters.forEach((name, text) -> parameters.put(name, Callers.decimal(text, "parameters." + name)));
        parts.get(EmissionSources.class).put(new EmissionSource(id, Callers.need(body.siteId, "siteId"), body.name == null ? id : body.name, Callers.need(body.ruleBook, "ruleBook"), Callers.need(body.method, "method"),
                Callers.need(body.inputs, "inputs"), parameters, Callers.need(body.operatorId, "operatorId"), Optional.ofNullable(body.accountingFrom)));
        return source(id);
    }

    @GET
    @Path("sources/{id}/hours")
    public HoursView hours(@PathParam("id") String id, @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("asKnownOn") String asKnownOn) {
        return new HoursView(find(id, from, to, Optional.ofNullable(asKnownOn)).stream().map(SourceResource::hour).toList());
    }

    private List<HourlyRecord> find(String id, String from, String to, Optional<String> asKnownOn) {
        find(id);
        var start = Callers.instant(from, "from");
        var end = Callers.instant(to, "to");
        if (Duration.between(start, end).toHours() > MOST_HOURS) throw new CarboException.Invalid(new Problem("span.too-long", "to", to, "at most " + MOST_HOURS + " hours after from"));
        return parts.get(Hours.class).find(id, start, end, asKnownOn.map(t -> Callers.instant(t, "asKnownOn")));
    }

    /** Sums of [from, to) by UTC month, exact to the gram. */
    @GET
    @Path("sources/{id}/months")
    public Page<MonthView> months(@PathParam("id") String id, @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("asKnownOn") String asKnownOn) {
        var months = new TreeMap<String, List<HourlyRecord>>();
        find(id, from, to, Optional.ofNullable(asKnownOn)).forEach(h -> months.computeIfAbsent(h.hourStart().toString().substring(0, 7), m -> new ArrayList<>()).add(h));
        return new Page<>(months.entrySet().stream().map(m -> month(m.getKey(), m.getValue())).toList());
    }

    /** A year of hours at a glance: one letter and one mass an hour, from the first of [from, to). */
    @GET
    @Path("sources/{id}/map")
    public MapView map(@PathParam("id") String id, @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("asKnownOn") String asKnownOn) {
        var hours = find(id, from, to, Optional.ofNullable(asKnownOn));
        var start = Callers.instant(from, "from").truncatedTo(ChronoUnit.HOURS);
        var letters = new StringBuilder();
        var masses = new ArrayList<Optional<BigDecimal>>();
        for (var h : hours) {
            while (start.plus(letters.length(), ChronoUnit.HOURS).isBefore(h.hourStart())) {
                letters.append('.');
                masses.add(Optional.empty());
            }
            letters.append(h.status() == HourlyRecord.Status.MISSING ? 'X' : h.status().name().charAt(0));
            masses.add(h.massShortTons());
        }
        return new MapView(start, letters.toString(), masses);
    }

    private static MonthView month(String month, List<HourlyRecord> hours) {
        var byStatus = new EnumMap<HourlyRecord.Status, Integer>(HourlyRecord.Status.class);
        for (var status : HourlyRecord.Status.values()) byStatus.put(status, 0);
        long grams = 0;
        var weighted = BigDecimal.ZERO;
        var grade = Grade.MEASURED;
        for (var h : hours) {
            if (h.grade().compareTo(grade) > 0) grade = h.grade();
            byStatus.merge(h.status(), 1, Integer::sum);
            long mass = h.massGrams().orElse(0L);
            grams += mass;
            weighted = weighted.add(h.uncertaintyPercent().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(mass)));
        }
        // The errors of one instrument do not average out over its hours: the percent of the sum is the mean weighted by mass.
        var uncertainty = grams == 0 ? Optional.<BigDecimal>empty() : Optional.of(weighted.divide(BigDecimal.valueOf(grams), 2, RoundingMode.UP));
        return new MonthView(month, hours.size(), byStatus, grade, BigDecimal.valueOf(grams, 6), uncertainty);
    }

    @GET
    @Path("sources/{id}/hours/{hour}/history")
    public HoursView history(@PathParam("id") String id, @PathParam("hour") String hour) {
        return new HoursView(parts.get(Hours.class).history(id, Callers.instant(hour, "hour")).stream().map(SourceResource::hour).toList());
    }

    @POST
    @Path("sources/{id}/recompute")
    public HoursView recompute(@PathParam("id") String id, RecomputeBody body) {
        find(id);
        return new HoursView(parts.get(Hours.class).recompute(id, Callers.need(body.from, "from"), Callers.need(body.to, "to"), Callers.need(body.reason, "reason"), p -> {}).stream().map(SourceResource::hour).toList());
    }

    @GET
    @Path("hours/{source}/{hour}/{version}")
    public HourView hour(@PathParam("source") String source, @PathParam("hour") String hour, @PathParam("version") int version) {
        return hour(byId(source, hour, version));
    }

    @GET
    @Path("hours/{source}/{hour}/{version}/derivation")
    public Page<JournalResource.EntryView> derivation(@PathParam("source") String source, @PathParam("hour") String hour, @PathParam("version") int version) {
        return new Page<>(parts.get(Hours.class).derivation(byId(source, hour, version)).stream().map(JournalResource::view).toList());
    }

    @GET
    @Path("hours/{source}/{hour}/{version}/findings")
    public Page<Finding> findings(@PathParam("source") String source, @PathParam("hour") String hour, @PathParam("version") int version) {
        return new Page<>(parts.get(Verifications.class).findingsOfHour(byId(source, hour, version).id()));
    }

    private HourlyRecord byId(String source, String hour, int version) {
        var id = source + "/" + hour + "/" + version;
        return parts.get(Hours.class).byId(id).orElseThrow(() -> new CarboException.NotFound("hour", id));
    }

    static HourView hour(HourlyRecord h) {
        return new HourView(h.id(), h.sourceId(), h.hourStart(), h.version(), h.status(), h.massShortTons(), h.uncertaintyPercent(), h.grade(), h.ruleBook(), h.method(), h.clause(), h.reason(), h.steps(), h.readingsRoot(), h.firstSequence(), h.entries(), h.recordedAt(), h.leaf());
    }

    public record SourceBody(String siteId, String name, String ruleBook, String method, Map<String, EmissionSource.ChannelRef> inputs, Map<String, String> parameters, String operatorId, Instant accountingFrom) {}

    public record SourceView(String id, String siteId, String name, String ruleBook, String method, Map<String, EmissionSource.ChannelRef> inputs, Map<String, BigDecimal> parameters, String operatorId, Optional<Instant> accountingFrom, Optional<Instant> newestHour) {}

    public record RecomputeBody(Instant from, Instant to, String reason) {}

    /** @param month UTC, 2020-03. @param grade the worst of its hours. @param massTonnes metric. @param uncertaintyPercent of the sum, k = 2 */
    public record MonthView(String month, int hours, Map<HourlyRecord.Status, Integer> byStatus, Grade grade, BigDecimal massTonnes, Optional<BigDecimal> uncertaintyPercent) {}

    /**
     * @param from start of the first hour
     * @param statuses a letter an hour: M measured, S substituted, I idle, X missing, . without a record
     * @param massShortTons null where missing or without a record
     */
    public record MapView(Instant from, String statuses, List<Optional<BigDecimal>> massShortTons) {}

    public record HoursView(List<HourView> hours) {}

    public record HourView(String id, String sourceId, Instant hourStart, int version, HourlyRecord.Status status, Optional<BigDecimal> massShortTons, Optional<BigDecimal> uncertaintyPercent, Grade grade, String ruleBook, String method,
            String clause, String reason, Map<String, BigDecimal> steps, Hash readingsRoot, long firstSequence, int entries, Instant recordedAt, Hash leaf) {}
}
