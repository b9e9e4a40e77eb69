package org.carbomt.api.credit;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What earns credits.
 *
 * @param id {@code [A-Z]{1,3}[0-9]{2,}-[0-9]{3,}} as Regen writes it, e.g. {@code C01-001}
 * @param country ISO 3166-1 alpha-2
 * @param sourceId the emission source that is measured
 * @param methodology id of the methodology
 * @param baselineBatchId anchored batch of the baseline hours
 * @param accountId ledger account that receives the credits
 * @param parameters of the methodology
 */
public record Project(String id, String name, String country, String sourceId, String methodology, String baselineBatchId, String accountId,
        Map<String, BigDecimal> parameters) {
    public Project {
        if (id == null || !id.matches("[A-Z]{1,3}[0-9]{2,}-[0-9]{3,}")) throw new IllegalArgumentException("project id: " + id + ", expected like C01-001");
        if (country == null || !country.matches("[A-Z]{2}")) throw new IllegalArgumentException("country: " + country + ", expected ISO 3166-1 alpha-2");
        parameters = Map.copyOf(parameters);
    }
}
