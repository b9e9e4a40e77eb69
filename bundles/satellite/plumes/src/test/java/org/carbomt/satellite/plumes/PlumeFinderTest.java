package org.carbomt.satellite.plumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.satellite.Gas;
import org.carbomt.api.satellite.PlumeFinding.Site;
import org.carbomt.api.satellite.PlumeFinding.Verdict;
import org.carbomt.api.satellite.Position;
import org.carbomt.api.satellite.Scene;
import org.carbomt.satellite.scenes.NumPyScenes;
import org.junit.jupiter.api.Test;

class PlumeFinderTest {
    private static final String REAL = "20210103_084234_25.91_70.95_0949.npz";
    /** Published: Schuit and others 2023, 23 ± 8 t/h. */
    private static final Position SOURCE = new Position(25.91, 70.95);

    private static Scene real() throws IOException {
        try (var in = PlumeFinderTest.class.getResourceAsStream("/" + REAL)) {
            return new NumPyScenes().read(REAL, in.readAllBytes());
        }
    }

    /** 32 x 32 pixels of 36 km2, noise of 5 ppb, wind of 4 m/s to the east; a plume of 3 x 4 pixels. */
    private static Scene made(Gas gas, double plumePpb, double cloudShare) {
        var random = new Random(7);
        int n = 32 * 32;
        var ppb = new double[n];
        var lat = new double[n];
        var lon = new double[n];
        for (int i = 0; i < n; i++) {
            int r = i / 32, c = i % 32;
            lat[i] = 40 - 0.054 * r;
            lon[i] = 10 + 0.07 * c;
            ppb[i] = 1850 + 5 * random.nextGaussian() + (r >= 15 && r < 18 && c >= 12 && c < 16 ? plumePpb : 0);
            if (random.nextDouble() < cloudShare) ppb[i] = Double.NaN;
        }
        return new Scene("made", Hash.sha256(new byte[] {1}), gas, Optional.empty(), 32, 32, ppb, lat, lon, filled(36e6), filled(4), filled(0));
    }

    private static double[] filled(double value) {
        var a = new double[1024];
        Arrays.fill(a, value);
        return a;
    }

    // By hand, 12 pixels of 100 ppb: 100e-9 * 16.04/28.964 * 101325/9.8 = 5.726e-4 kg/m2; * 432 km2 = 247,350 kg; L = 20,785 m; Ueff = 0.81 * 4 m/s; Q = 138,800 kg/h
    @Test
    void theRateIsThatOfThePlumeLaidIn() {
        var f = PlumeFinder.look(made(Gas.CH4, 100, 0), Optional.empty(), List.of());
        assertEquals(Verdict.PLUME, f.verdict());
        var p = f.plume().orElseThrow();
        assertEquals(138_800, p.rateKgPerHour(), 0.12 * 138_800);
        assertTrue(p.low() < p.rateKgPerHour() && p.rateKgPerHour() < p.high());
        // begins at the western edge of it
        assertTrue(p.origin().distanceMetres(new Position(40 - 0.054 * 16, 10 + 0.07 * 12)) < 8000);
    }

    // The same column is 44.01 / 16.04 times as heavy
    @Test
    void carbonDioxideByTheSameChain() {
        double methane = PlumeFinder.look(made(Gas.CH4, 100, 0), Optional.empty(), List.of()).plume().orElseThrow().rateKgPerHour();
        double dioxide = PlumeFinder.look(made(Gas.CO2, 100, 0), Optional.empty(), List.of()).plume().orElseThrow().rateKgPerHour();
        assertEquals(44.01 / 16.04, dioxide / methane, 1e-9);
    }

    @Test
    void cloudIsNoObservationAndNeverNoPlume() {
        var clouded = PlumeFinder.look(made(Gas.CH4, 100, 0.8), Optional.empty(), List.of());
        assertEquals(Verdict.NO_OBSERVATION, clouded.verdict());
        assertTrue(Double.isNaN(clouded.detectionLimitKgPerHour()) && clouded.reason().contains("have data"), clouded.reason());
        assertEquals(Verdict.NO_OBSERVATION, PlumeFinder.look(made(Gas.CH4, 100, 1), Optional.empty(), List.of()).verdict());
        assertEquals(Verdict.NO_OBSERVATION, PlumeFinder.look(made(Gas.CH4, 0, 0), Optional.of(new Position(0, 0)), List.of()).verdict());
    }

    @Test
    void nothingInNoise() {
        var f = PlumeFinder.look(made(Gas.CH4, 0, 0), Optional.empty(), List.of());
        assertEquals(Verdict.NO_PLUME, f.verdict());
        assertTrue(f.detectionLimitKgPerHour() > 0);
    }

    @Test
    void findsThePublishedPlumeAndWhoMayHaveMadeIt() throws IOException {
        var near = new Site("mine", "Mine", SOURCE);
        var far = new Site("far", "Elsewhere", new Position(26.9, 71.9));
        var f = PlumeFinder.look(real(), Optional.of(SOURCE), List.of(far, near));
        var p = f.plume().orElseThrow();
        assertTrue(p.low() < 23_000 && 23_000 < p.high(), p.low() + " to " + p.high());
        assertEquals("mine", p.candidates().get(0).site().id());
        assertTrue(p.candidates().stream().mapToDouble(c -> c.score()).sum() < 1);
        var again = PlumeFinder.look(real(), Optional.of(SOURCE), List.of(far, near)).plume().orElseThrow();
        assertArrayEquals(p.pixels(), again.pixels());
        assertEquals(p.high(), again.high());
        var image = ImageIO.read(new ByteArrayInputStream(ScenePicture.png(real(), f)));
        assertEquals(768, image.getWidth());
    }
}
