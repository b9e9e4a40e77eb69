package org.carbomt.platform.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.forecast.Forecast;
import org.carbomt.api.forecast.Forecasts;

/** What a source is expected to emit next, and what became of earlier forecasts. */
@Path("sources/{id}/forecasts")
@Produces(MediaType.APPLICATION_JSON)
public final class ForecastResource {
    private final Parts parts;

    ForecastResource(Parts parts) {
        this.parts = parts;
    }

    /** Newest first; none when the source has too short a past. */
    @GET
    public Page<ForecastView> list(@PathParam("id") String id, @QueryParam("limit") @DefaultValue("1") int limit) {
        var forecasts = parts.get(Forecasts.class);
        if (parts.get(EmissionSources.class).find(id).isEmpty()) throw new CarboException.NotFound("source", id);
        return new Page<>(forecasts.find(id, Callers.limit(limit, 100)).stream().map(f -> view(f, forecasts)).toList());
    }

    private static ForecastView view(Forecast f, Forecasts forecasts) {
        return new ForecastView(f.sourceId(), f.issuedAt(), f.method(), f.model(), f.hours(), f.judged(), forecasts.realised(f));
    }

    /** @param hours short tons of CO2, of five hours four between low and high. @param judged the methods that were tried, the winner first. @param realised null while no hour of it is known */
    public record ForecastView(String sourceId, Instant issuedAt, String method, String model, List<Forecast.Hour> hours, List<Forecast.Score> judged, Optional<Forecast.Score> realised) {}
}
