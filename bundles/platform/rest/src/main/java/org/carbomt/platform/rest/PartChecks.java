package org.carbomt.platform.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.telemetry.HealthCheck;

/** Whether the parts of the profile are there. Without the way of the readings the container should get no requests; any other part may be absent while the rest works. */
record PartChecks(String name, boolean critical, Parts parts, Set<String> looked) implements HealthCheck {
    private static final Set<String> WAY_OF_READINGS = Set.of(Intake.class.getSimpleName(), Journal.class.getSimpleName());

    /** @param expected names of the parts that the profile should have; empty: all */
    static List<HealthCheck> of(Parts parts, Set<String> expected) {
        return List.of(new PartChecks("intake", true, parts, WAY_OF_READINGS), new PartChecks("parts", false, parts, expected));
    }

    @Override
    public Optional<String> problem() {
        var absent = new ArrayList<String>();
        for (var part : StatusResource.PARTS) if ((looked.isEmpty() || looked.contains(part.getSimpleName())) && parts.find(part).isEmpty()) absent.add(part.getSimpleName());
        return absent.isEmpty() ? Optional.empty() : Optional.of("absent: " + String.join(", ", absent));
    }
}
