package org.carbomt.field.profiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Payload;
import org.carbomt.api.device.Profile;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a hardware profile: YAML, checked by {@code profile.schema.json}, then for sense, then by its own examples. */
public final class ProfileFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode SCHEMA_TREE = schemaTree();
    private static final JsonSchema SCHEMA = schema();

    private final JsonNode file;
    private final List<ChannelRule> rules = new ArrayList<>();
    private final Map<String, Integer> channels = new HashMap<>();

    private ProfileFile(JsonNode file) {
        this.file = file;
    }

    /**
     * @param yaml the file's bytes, at most 1 MiB
     * @throws CarboException.Invalid naming the place in the file, what stands there and what would be right
     */
    public static Profile parse(byte[] yaml) {
        if (yaml.length > MAX_BYTES) throw invalid("file", yaml.length + " bytes", "at most " + MAX_BYTES);
        JsonNode tree;
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(20);
            options.setNestingDepthLimit(20);
            tree = MAPPER.valueToTree(new Yaml(new SafeConstructor(options)).<Object>load(new String(yaml, StandardCharsets.UTF_8)));
        } catch (YAMLException e) {
            throw invalid("file", e.getMessage().lines().limit(3).reduce((a, b) -> a + " " + b.strip()).orElse(""), "valid YAML");
        }
        if (tree == null || !tree.isObject()) throw invalid("file", "no mapping", "a YAML mapping with id, version, title, channels, payload");
        SCHEMA.validate(tree).stream().min(Comparator.comparing((ValidationMessage m) -> -m.getInstanceLocation().getNameCount()).thenComparing(ValidationMessage::getMessage)).ifPresent(m -> {
            throw invalid(place(m), value(tree, m), expected(m));
        });
        var reader = new ProfileFile(tree);
        var profile = reader.profile(Hash.sha256(yaml));
        reader.tryExamples(profile);
        return profile;
    }

    private FileProfile profile(Hash digest) {
        for (var c : file.get("channels")) {
            var name = c.get("name").asText();
            if (channels.put(name, rules.size()) != null) throw invalid("channels." + name, name, "each channel once");
            double min = c.get("min").asDouble();
            double max = c.get("max").asDouble();
            if (!(min < max)) throw invalid("channels." + name + ".max", c.get("max").asText(), "more than min " + c.get("min").asText());
            rules.add(new ChannelRule(new Channel(name, c.get("unit").asText(), Grade.valueOf(c.get("grade").asText())), linear(c.path("calibration")), min, max));
        }
        var payload = file.get("payload");
        var shape = new Columns.Shape(rules);
        var format = switch (payload.get("format").asText()) {
            case "json" -> text(payload, shape);
            case "tlv" -> tlv(payload, shape);
            default -> fixed(payload, shape);
        };
        return new FileProfile(file.get("id").asText(), file.get("version").asText(), file.get("title").asText(), digest, shape.channels(), file.path("intervalMinutes").asInt(0), file.path("wholeHour").asBoolean(false), format);
    }

    private TextFormat text(JsonNode p, Columns.Shape shape) {
        var fields = new LinkedHashMap<String, TextFormat.Field>();
        var fed = new HashSet<Integer>();
        for (var f : p.get("fields")) {
            int channel = channel(f, "payload.fields");
            if (!fed.add(channel)) throw invalid("payload.fields", f.get("channel").asText(), "each channel fed by one field");
            var name = pointer(f.path("field").asText(f.get("channel").asText()));
            var units = new LinkedHashMap<String, Linear>();
            f.path("units").fields().forEachRemaining(u -> units.put(u.getKey(), u.getValue().isNumber() ? Linear.of(decimal(u.getValue()), BigDecimal.ZERO) : linear(u.getValue())));
            var values = new LinkedHashMap<String, Double>();
            f.path("values").fields().forEachRemaining(v -> values.put(v.getKey(), v.getValue().asDouble()));
            if (fields.put(name, new TextFormat.Field(channel, name, f.path("required").asBoolean(false), linear(f), units, values)) != null) throw invalid("payload.fields", name, "each field once");
        }
        var time = p.path("time");
        var form = switch (time.path("format").asText("auto")) {
            case "iso" -> TimeText.Form.ISO;
            case "epochMillis" -> TimeText.Form.EPOCH_MILLIS;
            case "epochSeconds" -> TimeText.Form.EPOCH_SECONDS;
            default -> TimeText.Form.AUTO;
        };
        var offset = time.has("utcOffset") ? Optional.of(ZoneOffset.of(time.get("utcOffset").asText())) : Optional.<ZoneOffset>empty();
        var ignored = new HashSet<String>();
        p.path("ignore").forEach(i -> ignored.add(pointer(i.asText())));
        return new TextFormat(p.path("maxBytes").asInt(1 << 20), p.has("rows") ? Optional.of(p.get("rows").asText().startsWith("/") ? p.get("rows").asText() : "/" + p.get("rows").asText()) : Optional.empty(),
                pointer(time.path("field").asText("time")), new TimeText(form, offset), fields, Set.copyOf(ignored), p.path("extra").asText("reject").equals("ignore"), rules, shape);
    }

    /** {@code /co2} and {@code co2} are the same top-level name. */
    private static String pointer(String text) {
        return text.startsWith("/") && text.indexOf('/', 1) < 0 ? text.substring(1) : text;
    }

    private TlvFormat tlv(JsonNode p, Columns.Shape shape) {
        boolean little = p.path("byteOrder").asText("big").equals("little");
        int typeBytes = p.path("typeBytes").asInt(1);
        int lengthBytes = p.path("lengthBytes").asInt(0);
        boolean ignoreExtra = p.path("extra").asText("reject").equals("ignore");
        if (ignoreExtra && lengthBytes == 0) throw invalid("payload.extra", "ignore", "reject, as the length of an unknown type is unknown (lengthBytes is 0)");
        var types = new LinkedHashMap<Integer, TlvFormat.Type>();
        for (var t : p.get("types")) {
            var id = hex(t.get("id").asText());
            var name = HexFormat.of().withUpperCase().formatHex(id);
            if (id.length != typeBytes) throw invalid("payload.types." + name, name, typeBytes + " byte(s)");
            int length = t.path("length").asInt(-1);
            if (length < 0 && lengthBytes == 0) throw invalid("payload.types." + name + ".length", "", "the number of bytes of the value");
            var type = new TlvFormat.Type(name, length, time(t.path("time"), little), values(t.path("values"), length, little, "payload.types." + name));
            if (length >= 0 && type.needs() > length) throw invalid("payload.types." + name, "values up to byte " + type.needs(), "within its length of " + length);
            if (types.put((int) BinaryValue.raw(id, 0, typeBytes, false), type) != null) throw invalid("payload.types." + name, name, "each type once");
        }
        return new TlvFormat(p.path("maxBytes").asInt(1024), ports(p), typeBytes, lengthBytes, little, ignoreExtra, types, rules, shape);
    }

    private FixedFormat fixed(JsonNode p, Columns.Shape shape) {
        boolean little = p.path("byteOrder").asText("big").equals("little");
        var kinds = new ArrayList<FixedFormat.Kind>();
        for (var m : p.get("messages")) {
            var marks = new ArrayList<FixedFormat.Mark>();
            m.path("when").forEach(w -> marks.add(new FixedFormat.Mark(w.get("at").asInt(), hex(w.get("is").asText()))));
            int length = m.get("length").asInt();
            var where = "payload.messages[" + kinds.size() + "]";
            var values = values(m.get("values"), length, little, where);
            for (var v : values) {
                if (v.at() + v.length() > length) throw invalid(where, "value up to byte " + (v.at() + v.length()), "within its length of " + length);
            }
            kinds.add(new FixedFormat.Kind(marks, length, time(m.path("time"), little), values));
        }
        return new FixedFormat(p.path("maxBytes").asInt(1024), ports(p), kinds, rules, shape);
    }

    private List<BinaryValue> values(JsonNode list, int whole, boolean little, String where) {
        var values = new ArrayList<BinaryValue>();
        int next = 0;
        for (var v : list) {
            int at = v.path("at").asInt(next);
            int length = v.path("length").asInt(list.size() == 1 && !v.has("at") ? whole : -1);
            boolean floating = v.path("type").asText("integer").equals("float");
            if (floating ? length != 4 && length != 8 : length < 1 || length > 6) throw invalid(where + "." + v.get("channel").asText() + ".length", Integer.toString(length), floating ? "4 or 8" : "1 to 6 bytes");
            boolean order = v.has("byteOrder") ? v.get("byteOrder").asText().equals("little") : little;
            var mask = v.has("mask") ? hex(v.get("mask").asText()) : null;
            var absent = new HashSet<Long>();
            for (var a : v.path("absent")) {
                var raw = hex(a.asText());
                if (raw.length != length) throw invalid(where + ".absent", a.asText(), length + " bytes");
                absent.add(BinaryValue.raw(raw, 0, length, order));
            }
            values.add(new BinaryValue(channel(v, where), at, length, floating, v.path("signed").asBoolean(false), order, mask == null ? -1L : BinaryValue.raw(mask, 0, mask.length, false), linear(v), Set.copyOf(absent)));
            next = at + length;
        }
        return values;
    }

    private static Optional<BinaryTime> time(JsonNode t, boolean little) {
        if (t.isMissingNode()) return Optional.empty();
        return Optional.of(new BinaryTime(t.get("at").asInt(), t.get("length").asInt(), !t.path("unit").asText("s").equals("ms"), t.has("byteOrder") ? t.get("byteOrder").asText().equals("little") : little));
    }

    private static Optional<Set<Integer>> ports(JsonNode p) {
        if (!p.has("ports")) return Optional.empty();
        var ports = new HashSet<Integer>();
        p.get("ports").forEach(n -> ports.add(n.asInt()));
        return Optional.of(ports);
    }

    private int channel(JsonNode node, String where) {
        var name = node.get("channel").asText();
        var channel = channels.get(name);
        if (channel == null) throw invalid(where, name, "one of the channels " + String.join(", ", channels.keySet().stream().sorted().toList()));
        return channel;
    }

    private static Linear linear(JsonNode node) {
        var scale = node.has("scale") ? decimal(node.get("scale")) : BigDecimal.ONE;
        var offset = node.has("offset") ? decimal(node.get("offset")) : BigDecimal.ZERO;
        return scale.compareTo(BigDecimal.ONE) == 0 && offset.signum() == 0 ? Linear.IDENTITY : Linear.of(scale, offset);
    }

    private static BigDecimal decimal(JsonNode number) {
        return new BigDecimal(number.asText());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private void tryExamples(Profile profile) {
        int number = 0;
        for (var e : file.path("examples")) {
            var where = "examples[" + number++ + "]";
            var bytes = e.has("hex") ? hex(e.get("hex").asText()) : e.get("text").asText().getBytes(StandardCharsets.UTF_8);
            var port = e.has("port") ? OptionalInt.of(e.get("port").asInt()) : OptionalInt.empty();
            var decoding = profile.decode(new Payload(bytes, "", port, Optional.empty(), Instant.EPOCH));
            if (decoding instanceof Decoding.Undecodable u) throw invalid(where, u.problem().sentence(), "a payload that this profile decodes");
            var block = ((Decoding.Decoded) decoding).block();
            e.get("expect").fields().forEachRemaining(x -> {
                double got = block.has(x.getKey()) ? block.column(x.getKey())[0] : Double.NaN;
                double wanted = x.getValue().asDouble();
                if (!(Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)))) throw invalid(where + "." + x.getKey(), DecimalText.plain(got), DecimalText.plain(wanted));
            });
            for (var channel : block.channels()) {
                if (!e.get("expect").has(channel.name()) && !Double.isNaN(block.column(channel.name())[0])) throw invalid(where, channel.name(), "every value of the first row named under expect");
            }
        }
    }

    private static String place(ValidationMessage m) {
        var path = m.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "").replaceFirst("^/", "").replace('/', '.');
        if (m.getProperty() != null && !m.getProperty().isEmpty()) return path.isEmpty() ? m.getProperty() : path + "." + m.getProperty();
        return path.isEmpty() ? "file" : path;
    }

    private static String value(JsonNode tree, ValidationMessage m) {
        var node = m.getInstanceNode();
        return node == null || node.isContainerNode() ? "" : node.asText();
    }

    /** The schema's own words for the place, else the validator's. */
    private static String expected(ValidationMessage m) {
        var pointer = m.getSchemaLocation().getFragment().toString();
        while (pointer.contains("/")) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
            var description = SCHEMA_TREE.at(pointer).path("description");
            if (description.isTextual() && m.getType().equals("additionalProperties")) return "none but " + description.asText();
            if (description.isTextual()) return description.asText();
        }
        return m.getMessage();
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("profile.invalid", field, value, expected));
    }

    private static JsonNode schemaTree() {
        try (var in = ProfileFile.class.getResourceAsStream("profile.schema.json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema() {
        // The validator finds its parts through the context class loader, which in OSGi is anybody's.
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(ProfileFile.class.getClassLoader());
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA_TREE);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
