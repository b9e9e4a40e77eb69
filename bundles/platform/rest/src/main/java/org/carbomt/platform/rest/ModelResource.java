package org.carbomt.platform.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import org.carbomt.api.model.ModelCard;
import org.carbomt.api.model.Models;

/** Trained models: which serve, which were refused, and why. */
@Path("models")
@Produces(MediaType.APPLICATION_JSON)
public final class ModelResource {
    private final Parts parts;

    ModelResource(Parts parts) {
        this.parts = parts;
    }

    /** Newest first. */
    @GET
    public Page<ModelView> list() {
        return new Page<>(parts.get(Models.class).all().stream().map(ModelResource::view).toList());
    }

    /** Takes a zip of {@code card.json} and {@code model.onnx} (none for a method without a network), at most 32 MiB. */
    @POST
    @Consumes("application/zip")
    public ModelView offer(@Context SecurityContext security, InputStream zip) {
        var models = parts.get(Models.class);
        var files = ModelZip.read(zip);
        return view(models.offer(files.card(), files.network(), Callers.caller(security).id()));
    }

    /** Puts an earlier or refused model into service. */
    @POST
    @Path("{id}/promote")
    @Consumes(MediaType.APPLICATION_JSON)
    public ModelView promote(@Context SecurityContext security, @PathParam("id") String id, PromoteBody body) {
        return view(parts.get(Models.class).promote(id, Callers.caller(security).id(), Callers.need(body.reason, "reason")));
    }

    private static ModelView view(Models.Entry e) {
        return new ModelView(e.card(), e.state(), e.reason(), e.by(), e.at());
    }

    public record PromoteBody(String reason) {}

    /** @param reason why it stands as it does. @param by who offered or promoted it */
    public record ModelView(ModelCard card, Models.State state, String reason, String by, Instant at) {}
}
