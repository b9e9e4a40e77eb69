package org.carbomt.itests;

import org.junit.jupiter.api.Test;

/**
 * kill -9 with the embedded defaults. System properties: {@code carbomt.kills} (20), {@code carbomt.killReadings} (most readings between two kills, 3000),
 * {@code carbomt.killLoad} (factor on the rows by HTTP, 1), {@code carbomt.seed}. The long size, a million acknowledged readings and more:
 * {@code mvn -f itests/pom.xml test -Dtest=KillIT -Dcarbomt.kills=50 -Dcarbomt.killReadings=50000 -Dcarbomt.killLoad=8}.
 */
class KillIT {
    @Test
    void losesNothingDoublesNothingAndStartsByItself() throws Exception {
        var size = new KillRounds.Size(Integer.getInteger("carbomt.kills", 20), Integer.getInteger("carbomt.killReadings", 3_000), Integer.getInteger("carbomt.killLoad", 1), Long.getLong("carbomt.seed", System.nanoTime()));
        try (var container = new Container("kill", "all")) {
            container.start();
            var rounds = new KillRounds(container, size);
            rounds.losesNothingDoublesNothingAndStartsByItself();
            rounds.aTornTailIsSeen();
        }
    }
}
