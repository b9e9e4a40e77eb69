package org.carbomt.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/** A model as it is sent: a zip of {@code card.json} and {@code model.onnx}, read in memory and never unpacked to disk. */
record ModelZip(byte[] card, Optional<byte[]> network) {
    private static final int MOST_BYTES = 32 << 20;
    private static final Set<String> NAMES = Set.of("card.json", "model.onnx");

    /** Throws CarboException.Invalid, naming the file that is missing, unknown, twice there or too large. */
    static ModelZip read(InputStream in) {
        var files = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(in)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!NAMES.contains(entry.getName())) throw invalid(entry.getName(), "unknown file", "only card.json and model.onnx, without a folder");
                var bytes = zip.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) throw invalid(entry.getName(), "more than " + MOST_BYTES + " bytes", "at most that many");
                if (files.put(entry.getName(), bytes) != null) throw invalid(entry.getName(), "there twice", "one");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("body", String.valueOf(e.getMessage()), "a whole zip");
        }
        if (!files.containsKey("card.json")) throw invalid("card.json", "absent", "a zip with card.json and model.onnx");
        return new ModelZip(files.get("card.json"), Optional.ofNullable(files.get("model.onnx")));
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("model.zip", field, value, expected));
    }
}
