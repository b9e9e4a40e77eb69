package org.carbomt.platform.rest.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;

/** Types as they are served: decimals, hashes and content ids as text, every component of an answer there, an absent one as null. */
public final class ServedTypes implements ModelConverter {
    @Override
    @SuppressWarnings("rawtypes")
    public Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var raw = io.swagger.v3.core.util.Json.mapper().constructType(type.getType());
        var text = raw == null ? null : text(raw);
        if (text != null) return text;
        var schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        // What a caller sends may leave fields out; the resource says which it needs.
        if (raw != null && raw.getRawClass().isRecord() && !raw.getRawClass().getSimpleName().endsWith("Body")) complete(raw.getRawClass(), model(schema, context));
        return schema;
    }

    private static Schema<?> text(JavaType type) {
        if (type.hasRawClass(BigDecimal.class)) return new StringSchema().format("decimal");
        if (type.hasRawClass(Hash.class)) return new StringSchema().pattern("^[0-9a-f]{64}$");
        if (type.hasRawClass(Cid.class)) return new StringSchema().format("cid");
        if (type.hasRawClass(Double.class)) return new NumberSchema().format("double").nullable(true); // NaN is written as null
        if (type.hasRawClass(OptionalLong.class)) return new IntegerSchema().format("int64").nullable(true);
        return null;
    }

    private static Schema<?> model(Schema<?> schema, ModelConverterContext context) {
        if (schema == null) return null;
        if (schema.get$ref() == null) return schema;
        return context.getDefinedModels().get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
    }

    private static void complete(Class<?> record, Schema<?> model) {
        if (model == null || model.getProperties() == null) return;
        for (var component : record.getRecordComponents()) {
            var property = model.getProperties().get(component.getName());
            if (property == null) continue;
            if (model.getRequired() == null || !model.getRequired().contains(component.getName())) model.addRequiredItem(component.getName());
            if (component.getGenericType().getTypeName().startsWith("java.util.List<java.util.Optional<")) property.getItems().setNullable(true);
            if (absent(component)) model.getProperties().put(component.getName(), nullable(property));
        }
    }

    private static boolean absent(RecordComponent component) {
        return component.getType() == Optional.class || component.getType() == OptionalLong.class;
    }

    /** Beside a reference nothing else is read (OpenAPI 3.0), so it is wrapped. */
    private static Schema<?> nullable(Schema<?> property) {
        return property.get$ref() == null ? property.nullable(true) : new Schema<>().nullable(true).allOf(List.of(property));
    }
}
