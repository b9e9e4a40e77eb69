package org.carbomt.satellite.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.carbomt.api.CarboException;
import org.carbomt.api.satellite.Gas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumPyScenesTest {
    private static final String NAME = "20210103_084234_25.91_70.95_0949.npz";
    private final NumPyScenes reader = new NumPyScenes();

    private static byte[] real() throws IOException {
        try (var in = NumPyScenesTest.class.getResourceAsStream("/" + NAME)) {
            return in.readAllBytes();
        }
    }

    // The listing beside the file: 24 missing pixels, centre 26.45 N 71.56 E; a pixel of TROPOMI is 5.5 x 7 km at nadir
    @Test
    void readsARealScene() throws IOException {
        var scene = reader.read(NAME, real());
        assertEquals(Gas.CH4, scene.gas());
        assertEquals(Instant.parse("2021-01-03T08:42:34Z"), scene.time().orElseThrow());
        assertEquals(1024, scene.pixels());
        assertEquals(24, Arrays.stream(scene.ppb()).filter(Double::isNaN).count());
        assertEquals(1850, Arrays.stream(scene.ppb()).filter(v -> !Double.isNaN(v)).average().orElseThrow(), 100);
        assertEquals(26.45, Arrays.stream(scene.latitude()).average().orElseThrow(), 0.05);
        for (double a : scene.areaSquareMetres()) assertTrue(a > 30e6 && a < 120e6, a + " m2");
    }

    @Test
    void refusesEachCutOfIt() throws IOException {
        var whole = real();
        for (int length = 0; length < 30_000; length += 997) {
            var cut = Arrays.copyOf(whole, length);
            assertThrows(CarboException.Invalid.class, () -> reader.read(NAME, cut), "cut at " + length);
        }
    }

    @Test
    void nothingButARefusalComesOfFlippedBits() throws IOException {
        var random = new Random(1);
        for (int i = 0; i < 300; i++) {
            var bytes = real();
            bytes[random.nextInt(bytes.length)] ^= 1 << random.nextInt(8);
            try {
                reader.read(NAME, bytes);
            } catch (CarboException.Invalid expected) {
                assertTrue(expected.getMessage().startsWith("scene.malformed"));
            }
        }
    }

    @Test
    void refusesABombBeforeItUnpacks() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("methane.npy"));
            for (int i = 0; i < 40; i++) zip.write(new byte[1 << 20]);
        }
        assertTrue(out.size() < 100_000);
        assertTrue(assertThrows(CarboException.Invalid.class, () -> reader.read("bomb.npz", out.toByteArray())).getMessage().contains("methane.npy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<O8|(1,)|type <O8", "<f4|(2, 3)|bytes of data", "<f4|(99999, 99999)|at most", "<f4|(-1,)|header", "<f4|(1,1,1,1,1)|dimensions", "<c8|(1,)|type <c8"})
    void namesWhatIsWrongWithAnArray(String type, String shape, String said) {
        var wrong = array(type.strip(), shape.strip(), 2);
        var message = assertThrows(CarboException.Invalid.class, () -> NumPyArray.parse("u10", wrong)).getMessage();
        assertTrue(message.contains("u10") && message.contains(said), message);
    }

    // netCDF's default fill is 9.969209968386869e36
    @Test
    void fillAndInfinityAreNoData() {
        var bytes = ByteBuffer.wrap(array("<f4", "(3,)", 3)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(bytes.capacity() - 12, 9.96921e36f).putFloat(bytes.capacity() - 8, Float.POSITIVE_INFINITY).putFloat(bytes.capacity() - 4, 1.5f);
        assertEquals("[NaN, NaN, 1.5]", Arrays.toString(NumPyArray.parse("x", bytes.array()).values()));
    }

    private static byte[] array(String type, String shape, int floats) {
        var header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(10 + header.length + 4 * floats).order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length).put(header).array();
    }
}
