package org.carbomt.platform.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Resources of this package. */
final class Text {
    private Text() {}

    static String resource(String name) {
        try (var in = Text.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the bundle lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
