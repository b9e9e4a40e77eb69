package org.carbomt.api.forecast;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The forecasts that were issued. */
@ProviderType
public interface Forecasts {
    /** Newest first. */
    List<Forecast> find(String sourceId, int limit);

    /** What became of a forecast: its score over those of its hours that have a measured mass by now; empty while there is none. */
    Optional<Forecast.Score> realised(Forecast forecast);
}
