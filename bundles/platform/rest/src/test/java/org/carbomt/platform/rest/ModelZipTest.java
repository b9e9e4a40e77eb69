package org.carbomt.platform.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.carbomt.api.CarboException;
import org.junit.jupiter.api.Test;

class ModelZipTest {
    private static byte[] zip(String... names) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static String refused(byte[] zip) {
        return assertThrows(CarboException.Invalid.class, () -> ModelZip.read(new ByteArrayInputStream(zip))).problem().field();
    }

    @Test
    void takesACardAndANetworkOrACardAlone() throws Exception {
        var both = ModelZip.read(new ByteArrayInputStream(zip("card.json", "model.onnx")));
        assertEquals("card.json", new String(both.card(), StandardCharsets.UTF_8));
        assertArrayEquals("model.onnx".getBytes(StandardCharsets.UTF_8), both.network().orElseThrow());
        assertTrue(ModelZip.read(new ByteArrayInputStream(zip("card.json"))).network().isEmpty());
    }

    @Test
    void refusesByName() throws Exception {
        assertEquals("../card.json", refused(zip("../card.json")));
        assertEquals("card.json", refused(zip("model.onnx")));
        assertEquals("card.json", refused(new byte[0]));
        var whole = zip("card.json", "model.onnx");
        assertEquals("body", refused(Arrays.copyOf(whole, 45)));
    }

    // 40 MB of zeros are 40 KB in a zip
    @Test
    void isNoBomb() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("model.onnx"));
            zip.write(new byte[40 << 20]);
        }
        assertEquals("model.onnx", refused(out.toByteArray()));
    }
}
