package org.carbomt.platform.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.telemetry.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer of a check. */
record Health(String name, boolean critical, Optional<String> problem) {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /** Asks them all; a check that fails itself is a problem of its part. */
    static List<Health> of(List<HealthCheck> checks) {
        var all = new ArrayList<Health>();
        for (var check : checks) {
            try {
                all.add(new Health(check.name(), check.critical(), check.problem()));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("the check {} failed", check.getClass().getName(), e);
                all.add(new Health(check.getClass().getSimpleName(), true, Optional.of("its check failed; the log says more")));
            }
        }
        all.sort(Comparator.comparing(Health::name));
        return all;
    }

    static boolean ready(List<Health> all) {
        return all.stream().noneMatch(h -> h.critical && h.problem.isPresent());
    }
}
