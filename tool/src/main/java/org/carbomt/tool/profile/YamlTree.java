package org.carbomt.tool.profile;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML or JSON file as it was written: values keep their text and the line they stand in. */
public final class YamlTree {
    private final Node root;

    private YamlTree(Node root) {
        this.root = root;
    }

    /** What keeps a file from being YAML. */
    public static final class Malformed extends Exception {
        private final int line;

        private Malformed(String message, int line) {
            super(message, null, false, false);
            this.line = line;
        }

        /** From 1; 0 when not known. */
        public int line() {
            return line;
        }
    }

    public static YamlTree parse(byte[] bytes) throws Malformed {
        try {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(20);
            options.setNestingDepthLimit(20);
            return new YamlTree(new Yaml(options).compose(new StringReader(new String(bytes, StandardCharsets.UTF_8))));
        } catch (MarkedYAMLException e) {
            throw new Malformed(e.getProblem(), e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1);
        } catch (YAMLException e) {
            throw new Malformed(e.getMessage().lines().findFirst().orElse(""), 0);
        }
    }

    public boolean isMapping() {
        return root instanceof MappingNode;
    }

    public Optional<Node> find(String key) {
        return root instanceof MappingNode mapping ? member(mapping, key) : Optional.empty();
    }

    /** The text of a scalar at the end of the keys, if there is one. */
    public Optional<String> text(String... keys) {
        var node = Optional.ofNullable(root);
        for (var key : keys) node = node.flatMap(n -> n instanceof MappingNode mapping ? member(mapping, key) : Optional.empty());
        return node.flatMap(YamlTree::scalar);
    }

    /** Entries of a list at the top. */
    public int size(String key) {
        return find(key).map(n -> n instanceof SequenceNode list ? list.getValue().size() : 0).orElse(0);
    }

    /** @return the text, empty for null and for what is no scalar */
    public static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode s && !(s.getTag().getValue().endsWith(":null")) ? Optional.of(s.getValue()) : Optional.empty();
    }

    public static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** All members of the mapping at the top, with their keys. */
    public List<java.util.Map.Entry<String, Node>> members() {
        return members(root);
    }

    public static List<java.util.Map.Entry<String, Node>> members(Node node) {
        var out = new ArrayList<java.util.Map.Entry<String, Node>>();
        if (node instanceof MappingNode mapping) mapping.getValue().forEach(t -> out.add(java.util.Map.entry(scalar(t.getKeyNode()).orElse(""), t.getValueNode())));
        return out;
    }

    /**
     * The line of a place such as {@code channels[0].grade}, {@code channels.co2.max} or {@code payload.types.06.length}; where the path leaves the file, the line
     * of the deepest part that is there.
     */
    public OptionalInt lineOf(String path) {
        var node = root;
        int line = 0;
        for (var step : path.replace("[", ".").replace("]", "").split("[./]")) {
            if (step.isEmpty()) continue;
            Optional<Node> next = node instanceof MappingNode mapping ? member(mapping, step) : node instanceof SequenceNode list ? entry(list, step) : Optional.empty();
            if (next.isEmpty()) break;
            node = next.get();
            line = line(node);
        }
        return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
    }

    private static Optional<Node> member(MappingNode mapping, String key) {
        return mapping.getValue().stream().filter(t -> scalar(t.getKeyNode()).equals(Optional.of(key))).map(t -> t.getValueNode()).findFirst();
    }

    /** An entry of a list by its number, or by its name, id or channel. */
    private static Optional<Node> entry(SequenceNode list, String step) {
        for (var item : list.getValue()) {
            if (item instanceof MappingNode mapping) {
                for (var key : List.of("name", "id", "channel")) {
                    if (member(mapping, key).flatMap(YamlTree::scalar).map(t -> t.equalsIgnoreCase(step)).orElse(false)) return Optional.of(item);
                }
            }
        }
        if (!step.matches("[0-9]{1,4}")) return Optional.empty();
        int index = Integer.parseInt(step);
        return index < list.getValue().size() ? Optional.of(list.getValue().get(index)) : Optional.empty();
    }
}
