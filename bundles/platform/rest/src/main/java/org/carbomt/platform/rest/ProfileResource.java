package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.device.Profile;
import org.carbomt.api.device.Profiles;
import org.carbomt.api.reading.Channel;

/** Hardware profiles. */
@Path("profiles")
@Produces(MediaType.APPLICATION_JSON)
public final class ProfileResource {
    private final Parts parts;

    ProfileResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Loaded list() {
        var profiles = parts.get(Profiles.class);
        return new Loaded(profiles.all().stream().map(ProfileResource::view).toList(), profiles.rejected());
    }

    @GET
    @Path("{id}")
    public ProfileView profile(@PathParam("id") String id) {
        return view(parts.get(Profiles.class).find(id).orElseThrow(() -> new CarboException.NotFound("profile", id)));
    }

    private static ProfileView view(Profile p) {
        return new ProfileView(p.id(), p.version(), p.title(), p.digest(), p.channels(), p.intervalMinutes());
    }

    public record Loaded(List<ProfileView> items, Map<String, Problem> rejected) {}

    public record ProfileView(String id, String version, String title, Hash digest, List<Channel> channels, int intervalMinutes) {}
}
