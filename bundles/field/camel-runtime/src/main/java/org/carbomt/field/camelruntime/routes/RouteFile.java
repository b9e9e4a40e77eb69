package org.carbomt.field.camelruntime.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The text of a route file and the schemes its endpoints name.
 *
 * @param name of the file
 * @param text its YAML
 * @param schemes e.g. {@code carbomt-mqtt}, {@code log}
 */
record RouteFile(String name, String text, Set<String> schemes) {
    private static final Set<String> ADDRESSES = Set.of("uri", "from", "to", "toD", "deadLetterUri", "wireTap", "enrich", "pollEnrich");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)(:.*)?", Pattern.DOTALL);

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is no YAML */
    static RouteFile parse(String name, String text) {
        var schemes = new TreeSet<String>();
        collect(new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text), schemes);
        return new RouteFile(name, text, Set.copyOf(schemes));
    }

    private static void collect(Object node, Set<String> schemes) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, schemes));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value instanceof String address && ADDRESSES.contains(String.valueOf(key))) {
                    var matcher = SCHEME.matcher(address.strip());
                    if (matcher.matches()) schemes.add(matcher.group(1));
                } else {
                    collect(value, schemes);
                }
            });
        }
    }
}
