package org.carbomt.tool.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.carbomt.api.Problem;

/** JSON written piece by piece, so that results of any length need no memory. Numbers keep their digits. */
public final class Json implements AutoCloseable {
    private final JsonGenerator out;

    /** @param stream is not closed */
    public Json(OutputStream stream) {
        try {
            out = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).createGenerator(stream);
            out.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private Json write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Json object() {
        return write(out::writeStartObject);
    }

    public Json object(String name) {
        return write(() -> out.writeObjectFieldStart(name));
    }

    public Json endObject() {
        return write(out::writeEndObject);
    }

    public Json array(String name) {
        return write(() -> out.writeArrayFieldStart(name));
    }

    public Json endArray() {
        return write(out::writeEndArray);
    }

    public Json text(String name, String value) {
        return write(() -> out.writeStringField(name, value));
    }

    public Json text(String value) {
        return write(() -> out.writeString(value));
    }

    public Json number(String name, long value) {
        return write(() -> out.writeNumberField(name, value));
    }

    public Json flag(String name, boolean value) {
        return write(() -> out.writeBooleanField(name, value));
    }

    /** @param value null is written as null */
    public Json number(String name, BigDecimal value) {
        return write(() -> {
            out.writeFieldName(name);
            out.writeNumber(value);
        });
    }

    /** NaN, which means 'no value', is left out. */
    public Json number(String name, double value) {
        if (Double.isNaN(value)) return this;
        return write(() -> {
            out.writeFieldName(name);
            out.writeNumber(Decimals.text(value));
        });
    }

    public Json numbers(String name, Map<String, BigDecimal> values) {
        object(name);
        values.forEach(this::number);
        return endObject();
    }

    public Json problem(String name, Problem problem) {
        return object(name).text("code", problem.code()).text("field", problem.field()).text("value", problem.value()).text("expected", problem.expected()).endObject();
    }

    /** Ends the last value with a line end. */
    @Override
    public void close() {
        write(() -> {
            out.writeRaw('\n');
            out.close();
        });
    }
}
