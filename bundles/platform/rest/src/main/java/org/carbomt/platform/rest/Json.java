package org.carbomt.platform.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;

/** JSON of the API: times ISO, decimals as strings, hashes as hex, unknown fields refused. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
public final class Json implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
    static final ObjectMapper MAPPER = mapper();
    private static final int BODY_LIMIT = 1 << 20;
    /** Taken and thrown away of a body that is too large: a client that is cut off while it still writes does not get to read why. */
    private static final int DRAINED_BYTES = 64 << 20;

    private static ObjectMapper mapper() {
        var words = new SimpleModule();
        words.addSerializer(BigDecimal.class, plain(BigDecimal::toPlainString));
        words.addSerializer(Hash.class, plain(Hash::hex));
        words.addSerializer(Cid.class, plain(Cid::text));
        var mapper = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule(), words)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxStringLength(200_000).build());
        return mapper;
    }

    private static <T> JsonSerializer<T> plain(java.util.function.Function<T, String> text) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(text.apply(value));
            }
        };
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return media.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    }

    @Override
    public Object readFrom(Class<Object> type, Type generic, Annotation[] annotations, MediaType media, MultivaluedMap<String, String> headers, InputStream in) throws IOException {
        var bytes = in.readNBytes(BODY_LIMIT + 1);
        if (bytes.length > BODY_LIMIT) {
            in.skip(DRAINED_BYTES);
            throw new TooLarge();
        }
        try {
            var value = MAPPER.readValue(bytes, MAPPER.constructType(generic));
            if (value == null) throw new Malformed(new Problem("body.empty", "body", "", "a JSON object"));
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new Malformed(new Problem("field.unknown", path(e), "", "one of " + e.getKnownPropertyIds()));
        } catch (JsonMappingException e) {
            var cause = e.getCause() instanceof IllegalArgumentException i ? i.getMessage() : e.getOriginalMessage();
            throw new Malformed(new Problem("field.malformed", path(e), "", cause));
        } catch (JsonProcessingException e) {
            throw new Malformed(new Problem("body.malformed", "body", "at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr(), "JSON: " + e.getOriginalMessage()));
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream().map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName()).reduce((a, b) -> a + "." + b).orElse("body");
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return !type.equals(String.class) && !type.equals(byte[].class);
    }

    @Override
    public void writeTo(Object value, Class<?> type, Type generic, Annotation[] annotations, MediaType media, MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
        MAPPER.writeValue(out, value);
    }

    /** HTTP 400. */
    static final class Malformed extends CarboException {
        Malformed(Problem problem) {
            super(problem);
        }
    }

    /** HTTP 413. */
    static final class TooLarge extends CarboException {
        TooLarge() {
            super(new Problem("body.too-large", "body", "", "at most 1 MiB; readings go to /ingest"));
        }
    }
}
