package org.example.part98;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.reading.Grade;
import org.junit.jupiter.api.Test;

class Part98RuleBookTest {
    private static final Instant HOUR = Instant.parse("2026-11-24T10:00:00Z");
    private static final EmissionSource BOILER = new EmissionSource("boiler-1", "works", "Boiler 1", "part98", "C-1",
            Map.of("fuel", new EmissionSource.ChannelRef("meter-1", "gasVolume")), Map.of(), "works-ltd", Optional.empty());
    private final Part98RuleBook rules = new Part98RuleBook("1.0.0");

    private static HourInput burned(double scf) {
        return new HourInput(BOILER, HOUR, Map.of("fuel", new ChannelHour("[scf]", Grade.MEASURED, 1, 1, true, scf, scf, scf)));
    }

    // Eq. C-1 by hand: 0.001 * 1,000,000 scf * 0.001026 * 53.06 = 54.43956 t; over 0.90718474 = 60.0093427 short tons
    @Test
    void multipliesVolumeHeatingValueAndFactor() {
        var mass = assertInstanceOf(HourResult.Mass.class, rules.compute(burned(1_000_000)));
        assertEquals(new BigDecimal("54.439560"), mass.steps().get("co2Tonnes"));
        assertEquals(new BigDecimal("60.0093427"), mass.massShortTons());
    }

    @Test
    void noGasIsIdleAndNoReadingIsMissing() {
        assertInstanceOf(HourResult.Idle.class, rules.compute(burned(0)));
        assertEquals("no-data", assertInstanceOf(HourResult.Missing.class, rules.compute(new HourInput(BOILER, HOUR, Map.of()))).reason());
    }
}
