package org.carbomt.platform.rest;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.carbomt.api.device.Profiles;
import org.carbomt.api.device.RadioSessions;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;

/** Devices, their secrets, their radio sessions and their readings. */
@Path("devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DeviceResource {
    private final Parts parts;

    DeviceResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<DeviceView> list() {
        return new Page<>(parts.get(Devices.class).all().stream().map(d -> view(d, Optional.empty())).toList());
    }

    @GET
    @Path("{id}")
    public DeviceView device(@PathParam("id") String id) {
        var device = find(id);
        return view(device, parts.find(Journal.class).flatMap(j -> newest(j, device)));
    }

    private Device find(String id) {
        return parts.get(Devices.class).find(id).orElseThrow(() -> new CarboException.NotFound("device", id));
    }

    /** Measuring time of the device's newest entry. */
    private Optional<Instant> newest(Journal journal, Device device) {
        return parts.get(Devices.class).lastSeen(device.id()).flatMap(seen -> journal.read(seen.sequence(), 1).stream().findFirst()).map(e -> {
            long last = Long.MIN_VALUE;
            for (long t : e.entry().block().timesMillis()) last = Math.max(last, t);
            return Instant.ofEpochMilli(last);
        });
    }

    private DeviceView view(Device d, Optional<Instant> newest) {
        return new DeviceView(d.id(), d.siteId(), d.profileId(), d.name(), d.addresses(), d.syntheticChannels(), d.acceptFrom(), d.enabled(), parts.get(Devices.class).lastSeen(d.id()), newest);
    }

    @PUT
    @Path("{id}")
    public DeviceView put(@PathParam("id") String id, DeviceBody body) {
        var profile = Callers.need(body.profileId, "profileId");
        if (parts.get(Profiles.class).find(profile).isEmpty()) throw new CarboException.Invalid(new Problem("profile.unknown", "profileId", profile, "one of GET /profiles"));
        parts.get(Devices.class).put(new Device(id, Callers.need(body.siteId, "siteId"), profile, body.name == null ? id : body.name, body.addresses == null ? Map.of() : body.addresses,
                body.syntheticChannels == null ? Set.of() : body.syntheticChannels, Optional.ofNullable(body.acceptFrom), body.enabled == null || body.enabled));
        return device(id);
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String id) {
        parts.get(Devices.class).remove(find(id).id());
    }

    @POST
    @Path("{id}/secret")
    public Secret secret(@PathParam("id") String id) {
        return new Secret(parts.get(Devices.class).renewSecret(find(id).id()));
    }

    @PUT
    @Path("{id}/lorawan")
    public RadioSessions.Session lorawan(@PathParam("id") String id, RadioBody body) {
        find(id);
        parts.get(RadioSessions.class).activate(id, Callers.need(body.devAddr, "devAddr"), key(body.nwkSKey, "nwkSKey"), key(body.appSKey, "appSKey"), body.nextCounter == null ? 0 : body.nextCounter);
        return parts.get(RadioSessions.class).find(id).orElseThrow(() -> new CarboException.NotFound("session", id));
    }

    private static byte[] key(String hex, String field) {
        if (!Callers.need(hex, field).matches("[0-9a-fA-F]{32}")) throw new CarboException.Invalid(new Problem("key.malformed", field, "", "32 hexadecimal digits"));
        return HexFormat.of().parseHex(hex);
    }

    /** The newest value of each channel in the device's newest message. */
    @GET
    @Path("{id}/latest")
    public Latest latest(@PathParam("id") String id) {
        var seen = parts.get(Devices.class).lastSeen(find(id).id());
        return seen.flatMap(s -> parts.get(Journal.class).read(s.sequence(), 1).stream().findFirst()).map(e -> {
            var block = e.entry().block();
            var values = new ArrayList<LatestValue>();
            for (int c = 0; c < block.channels().size(); c++) newest(block, c).ifPresent(values::add);
            return new Latest(Optional.of(e.sequence()), Optional.of(e.entry().protocol()), Optional.of(e.entry().receivedAt()), values);
        }).orElse(new Latest(Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    }

    private static Optional<LatestValue> newest(ReadingBlock block, int c) {
        int row = -1;
        for (int r = 0; r < block.rows(); r++) {
            if (!Double.isNaN(block.values()[c][r]) && (row < 0 || block.timesMillis()[r] >= block.timesMillis()[row])) row = r;
        }
        if (row < 0) return Optional.empty();
        var channel = block.channels().get(c);
        return Optional.of(new LatestValue(channel.name(), channel.unit(), channel.grade(), block.values()[c][row], Instant.ofEpochMilli(block.timesMillis()[row])));
    }

    @GET
    @Path("{id}/readings")
    public Readings readings(@PathParam("id") String id, @QueryParam("channel") String channel, @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("buckets") @DefaultValue("400") int buckets) {
        var device = find(id);
        var profile = parts.get(Profiles.class).find(device.profileId()).orElseThrow(() -> new CarboException.NotFound("profile", device.profileId()));
        var known = profile.channels().stream().filter(c -> c.name().equals(channel)).findFirst().orElseThrow(() -> new CarboException.Invalid(new Problem("channel.unknown", "channel", channel, "one of " + profile.channels().stream().map(Channel::name).toList())));
        var grade = device.syntheticChannels().contains(channel) ? Grade.SYNTHETIC : known.grade();
        var found = parts.get(Journal.class).downsample(id, channel, Callers.instant(from, "from"), Callers.instant(to, "to"), Callers.limit(buckets, 10_000));
        return new Readings(known.unit(), grade, found.stream().map(b -> new BucketView(b.start(), b.count(), finite(b.min()), finite(b.max()), finite(b.mean()))).toList());
    }

    private static Double finite(double value) {
        return Double.isNaN(value) ? null : value;
    }

    public record DeviceBody(String siteId, String profileId, String name, Map<String, String> addresses, Set<String> syntheticChannels, Instant acceptFrom, Boolean enabled) {}

    public record DeviceView(String id, String siteId, String profileId, String name, Map<String, String> addresses, Set<String> syntheticChannels, Optional<Instant> acceptFrom, boolean enabled, Optional<Devices.LastSeen> lastSeen, Optional<Instant> newestReading) {}

    public record RadioBody(String devAddr, String nwkSKey, String appSKey, Long nextCounter) {}

    public record Secret(String secret) {}

    /** @param sequence journal number of the message; empty when the device was never heard */
    public record Latest(Optional<Long> sequence, Optional<String> protocol, Optional<Instant> receivedAt, List<LatestValue> values) {}

    public record LatestValue(String channel, String unit, Grade grade, double value, Instant time) {}

    public record Readings(String unit, Grade grade, List<BucketView> buckets) {}

    public record BucketView(Instant start, int count, Double min, Double max, Double mean) {}
}
