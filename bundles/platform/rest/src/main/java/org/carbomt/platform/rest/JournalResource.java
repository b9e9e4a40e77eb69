package org.carbomt.platform.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.Segment;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.Channel;

/** The journal: segments, entries, and its own check. */
@Path("journal")
@Produces(MediaType.APPLICATION_JSON)
public final class JournalResource {
    private final Parts parts;

    JournalResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Path("segments")
    public Page<Segment> segments() {
        return new Page<>(parts.get(Journal.class).segments());
    }

    @POST
    @Path("verify")
    public Verdict verify() {
        return new Verdict(parts.get(Journal.class).verify());
    }

    @GET
    @Path("entries")
    public Page<EntryView> entries(@QueryParam("from") @DefaultValue("0") long from, @QueryParam("limit") @DefaultValue("100") int limit) {
        return new Page<>(parts.get(Journal.class).read(Math.max(0, from), Callers.limit(limit, 5_000)).stream().map(JournalResource::view).toList());
    }

    static EntryView view(StoredEntry stored) {
        var e = stored.entry();
        var times = new ArrayList<Instant>();
        for (long t : e.block().timesMillis()) times.add(Instant.ofEpochMilli(t));
        var values = new LinkedHashMap<String, List<Double>>();
        for (int c = 0; c < e.block().channels().size(); c++) {
            var column = new ArrayList<Double>();
            for (double v : e.block().values()[c]) column.add(Double.isNaN(v) ? null : v);
            values.put(e.block().channels().get(c).name(), column);
        }
        return new EntryView(stored.sequence(), stored.leaf(), e.deviceId(), e.protocol(), e.profile(), e.profileDigest(), e.counter(), e.receivedAt(), e.block().channels(), times, values);
    }

    public record Verdict(long firstBad) {}

    public record EntryView(long sequence, Hash leaf, String deviceId, String protocol, String profile, Hash profileDigest, OptionalLong counter, Instant receivedAt, List<Channel> channels, List<Instant> times, Map<String, List<Double>> values) {}
}
