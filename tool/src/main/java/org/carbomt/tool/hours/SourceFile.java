package org.carbomt.tool.hours;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.tool.Failure;
import org.carbomt.tool.profile.YamlTree;
import org.yaml.snakeyaml.nodes.Node;

/**
 * An emission source in a file, YAML or JSON, as the API and a proof file have it: id, ruleBook, method, inputs (role: {deviceId, channel}, or "device/channel"),
 * parameters, accountingFrom; what else the API tells of a source is passed over.
 */
final class SourceFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final List<String> NAMES = List.of("id", "siteId", "name", "ruleBook", "method", "inputs", "parameters", "operatorId", "accountingFrom", "newestHour");
    private final Path file;
    private final Map<String, Node> members = new LinkedHashMap<>();

    private SourceFile(Path file) {
        this.file = file;
    }

    static EmissionSource read(Path file) {
        var reader = new SourceFile(file);
        reader.load();
        return reader.source();
    }

    private void load() {
        YamlTree tree;
        try (var in = Files.newInputStream(file)) {
            tree = YamlTree.parse(in.readNBytes(MAX_BYTES));
        } catch (IOException e) {
            throw Failure.unreadable(file.toString(), e);
        } catch (YamlTree.Malformed e) {
            throw Failure.refused(file + (e.line() > 0 ? ", line " + e.line() : "") + ": not YAML or JSON: " + e.getMessage());
        }
        if (!tree.isMapping()) throw Failure.refused(file + ": expected a source with " + String.join(", ", NAMES.subList(0, 9)));
        for (var member : tree.members()) {
            if (!NAMES.contains(member.getKey())) throw wrong(member.getValue(), member.getKey(), "", "one of " + String.join(", ", NAMES));
            members.put(member.getKey(), member.getValue());
        }
    }

    private EmissionSource source() {
        var inputs = new TreeMap<String, EmissionSource.ChannelRef>();
        for (var input : YamlTree.members(need("inputs"))) inputs.put(input.getKey(), channel("inputs." + input.getKey(), input.getValue()));
        if (inputs.isEmpty()) throw wrong(need("inputs"), "inputs", "", "at least one role with its channel");
        var parameters = new TreeMap<String, BigDecimal>();
        if (members.containsKey("parameters")) {
            for (var p : YamlTree.members(members.get("parameters"))) parameters.put(p.getKey(), decimal("parameters." + p.getKey(), p.getValue()));
        }
        try {
            return new EmissionSource(text("id", "source"), text("siteId", "site"), text("name", text("id", "source")), text("ruleBook", "part75"), text(need("method"), "method"), inputs, parameters, text("operatorId", "operator"),
                    Optional.ofNullable(members.get("accountingFrom")).flatMap(YamlTree::scalar).map(t -> time(members.get("accountingFrom"), t)));
        } catch (IllegalArgumentException e) {
            throw Failure.refused(file + ": " + e.getMessage());
        }
    }

    private EmissionSource.ChannelRef channel(String field, Node node) {
        var text = YamlTree.scalar(node);
        if (text.isPresent()) {
            var parts = text.get().split("/");
            if (parts.length != 2) throw wrong(node, field, text.get(), "{deviceId: DEVICE, channel: CHANNEL} or DEVICE/CHANNEL");
            return new EmissionSource.ChannelRef(parts[0], parts[1]);
        }
        var values = new LinkedHashMap<String, String>();
        for (var member : YamlTree.members(node)) values.put(member.getKey(), text(member.getValue(), field + "." + member.getKey()));
        if (!values.keySet().equals(java.util.Set.of("deviceId", "channel"))) throw wrong(node, field, String.join(", ", values.keySet()), "{deviceId: DEVICE, channel: CHANNEL} or DEVICE/CHANNEL");
        return new EmissionSource.ChannelRef(values.get("deviceId"), values.get("channel"));
    }

    private BigDecimal decimal(String field, Node node) {
        var text = text(node, field);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw wrong(node, field, text, "a decimal number");
        }
    }

    private Instant time(Node node, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(node, "accountingFrom", text, "a time such as 2020-01-01T00:00:00Z");
        }
    }

    private Node need(String field) {
        var node = members.get(field);
        if (node == null) throw Failure.refused(file + ": source.invalid: " + field + " is missing; expected a source with " + String.join(", ", NAMES.subList(0, 9)));
        return node;
    }

    private String text(String field, String otherwise) {
        return members.containsKey(field) ? YamlTree.scalar(members.get(field)).orElse(otherwise) : otherwise;
    }

    private String text(Node node, String field) {
        return YamlTree.scalar(node).orElseThrow(() -> wrong(node, field, "", "a text"));
    }

    private Failure wrong(Node node, String field, String value, String expected) {
        return Failure.refused(file + ", line " + YamlTree.line(node) + ": source.invalid: " + field + (value.isEmpty() ? "" : " = " + value) + "; expected " + expected);
    }
}
