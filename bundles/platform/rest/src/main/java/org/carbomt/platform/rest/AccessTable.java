package org.carbomt.platform.rest;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;

/** The authorisation table: data, not scattered ifs. A call without a row is refused. Immutable. */
final class AccessTable {
    private static final Map<String, Role> LETTERS = Map.of("A", Role.ADMINISTRATOR, "O", Role.OPERATOR, "V", Role.VERIFIER, "T", Role.TRADER, "U", Role.AUDITOR);

    /** @param everyone true when no sign-in is needed. @param roles who may; all roles for 'any' */
    record Row(String method, String path, Pattern pattern, boolean everyone, Set<Role> roles) {
        boolean allows(Optional<Person> caller) {
            return everyone || caller.isPresent() && caller.get().roles().stream().anyMatch(roles::contains);
        }
    }

    private final List<Row> rows;

    AccessTable(List<String> lines) {
        rows = lines.stream().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).map(AccessTable::row).toList();
    }

    /** The table that ships in this bundle. */
    static AccessTable shipped() {
        return new AccessTable(Text.resource("access.txt").lines().toList());
    }

    List<Row> rows() {
        return rows;
    }

    /** @param path below /api/v1, e.g. {@code /devices/a} */
    Optional<Row> find(String method, String path) {
        return rows.stream().filter(r -> r.method.equals(method) && r.pattern.matcher(path).matches()).findFirst();
    }

    private static Row row(String line) {
        var f = line.split("\\s+");
        if (f.length != 3) throw new IllegalArgumentException("access.txt: '" + line + "', expected METHOD PATH ROLES");
        var pattern = Pattern.compile(Arrays.stream(f[1].split("(?=\\{)|(?<=\\})")).map(p -> p.startsWith("{") ? "[^/]+" : Pattern.quote(p)).reduce("", String::concat));
        Set<Role> roles = switch (f[2]) {
            case "public" -> EnumSet.noneOf(Role.class);
            case "any" -> EnumSet.allOf(Role.class);
            default -> EnumSet.copyOf(Arrays.stream(f[2].split(",")).map(l -> Optional.ofNullable(LETTERS.get(l)).orElseThrow(() -> new IllegalArgumentException("access.txt: role " + l))).toList());
        };
        return new Row(f[0], f[1], pattern, f[2].equals("public"), roles);
    }
}
