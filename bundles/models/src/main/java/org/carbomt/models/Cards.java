package org.carbomt.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.model.ModelCard;

/** Model cards as JSON. Every field must be there, none beside them. */
public final class Cards {
    static final int MOST_BYTES = 16_000;
    private static final int MOST_NAMES = 64;
    private static final int MOST_NUMBERS = 1_000;
    private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 .-]{1,63}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> FIELDS = Set.of("id", "kind", "method", "sha256", "trainedOn", "dataHash", "seed", "trainedAt", "scores", "yardsticks", "parameters");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Cards() {}

    /** Throws CarboException.Invalid, naming the field, when it is no card. */
    public static ModelCard read(byte[] json) {
        if (json.length > MOST_BYTES) throw invalid("card.json", json.length + " bytes", "at most " + MOST_BYTES);
        JsonNode card;
        try {
            card = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw invalid("card.json", e.getOriginalMessage(), "JSON of a model card");
        } catch (IOException e) {
            throw invalid("card.json", e.getMessage(), "JSON of a model card");
        }
        if (card == null || !card.isObject()) throw invalid("card.json", "no object", "JSON of a model card");
        card.fieldNames().forEachRemaining(f -> {
            if (!FIELDS.contains(f)) throw invalid(f, "unknown field", "only " + FIELDS.stream().sorted().toList());
        });
        return new ModelCard(text(card, "id", WORD), text(card, "kind", WORD), text(card, "method", WORD), card.path("sha256").asText().isEmpty() ? "" : text(card, "sha256", DIGEST), text(card, "trainedOn", Pattern.compile("(?s).{1,1000}")),
                text(card, "dataHash", DIGEST), seed(card), trainedAt(card), numbers(card.path("scores"), "scores"), yardsticks(card), parameters(card));
    }

    /** Throws CarboException.Invalid unless the file is the one that the card names. */
    public static void match(ModelCard card, Optional<byte[]> onnx) {
        var found = onnx.map(o -> Hash.sha256(o).hex()).orElse("");
        if (!found.equals(card.sha256())) throw invalid("sha256", card.sha256().isEmpty() ? "empty" : card.sha256(), found.isEmpty() ? "empty, for there is no model.onnx" : found + ", that of model.onnx");
    }

    private static String text(JsonNode card, String field, Pattern pattern) {
        var node = card.path(field);
        if (!node.isTextual() || !pattern.matcher(node.asText()).matches()) throw invalid(field, node.isMissingNode() ? "absent" : node.asText(), "text like " + pattern.pattern());
        return node.asText();
    }

    private static long seed(JsonNode card) {
        if (!card.path("seed").canConvertToLong() || !card.path("seed").isIntegralNumber()) throw invalid("seed", card.path("seed").toString(), "a whole number");
        return card.path("seed").asLong();
    }

    private static Instant trainedAt(JsonNode card) {
        try {
            return Instant.parse(card.path("trainedAt").asText());
        } catch (DateTimeParseException e) {
            throw invalid("trainedAt", card.path("trainedAt").asText(), "UTC like 2026-03-01T05:00:00Z");
        }
    }

    private static Map<String, Double> numbers(JsonNode node, String field) {
        if (!node.isObject() || node.size() > MOST_NAMES) throw invalid(field, node.isObject() ? node.size() + " names" : "no object", "an object of at most " + MOST_NAMES + " numbers by name");
        var numbers = new HashMap<String, Double>();
        node.fields().forEachRemaining(e -> numbers.put(name(field, e.getKey()), number(field + "." + e.getKey(), e.getValue())));
        return numbers;
    }

    private static Map<String, Map<String, Double>> yardsticks(JsonNode card) {
        var node = card.path("yardsticks");
        if (!node.isObject() || node.size() > MOST_NAMES) throw invalid("yardsticks", node.isObject() ? node.size() + " names" : "no object", "scores of other methods by name");
        var yardsticks = new HashMap<String, Map<String, Double>>();
        node.fields().forEachRemaining(e -> yardsticks.put(name("yardsticks", e.getKey()), numbers(e.getValue(), "yardsticks." + e.getKey())));
        return yardsticks;
    }

    private static Map<String, double[]> parameters(JsonNode card) {
        var node = card.path("parameters");
        if (!node.isObject() || node.size() > MOST_NAMES) throw invalid("parameters", node.isObject() ? node.size() + " names" : "no object", "lists of numbers by name");
        var parameters = new HashMap<String, double[]>();
        node.fields().forEachRemaining(e -> {
            var field = "parameters." + e.getKey();
            if (!e.getValue().isArray() || e.getValue().size() > MOST_NUMBERS) throw invalid(field, e.getValue().isArray() ? e.getValue().size() + " numbers" : "no list", "a list of at most " + MOST_NUMBERS + " numbers");
            var values = new double[e.getValue().size()];
            for (int i = 0; i < values.length; i++) values[i] = number(field, e.getValue().get(i));
            parameters.put(name("parameters", e.getKey()), values);
        });
        return parameters;
    }

    private static String name(String field, String name) {
        if (!NAME.matcher(name).matches()) throw invalid(field, name, "names like " + NAME.pattern());
        return name;
    }

    private static double number(String field, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) throw invalid(field, node.toString(), "a finite number");
        return node.asDouble();
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("card.invalid", field, value, expected));
    }
}
