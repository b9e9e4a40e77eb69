package org.carbomt.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.junit.jupiter.api.Test;

class AccessTableTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    /** Every method and path that the resource classes answer. */
    private static Set<String> calls() {
        var calls = new TreeSet<String>();
        for (var resource : Api.resources(TestParts.of(Map.of()), NOON, "0", Set.of())) {
            var root = resource.getClass().getAnnotation(Path.class).value();
            for (var method : resource.getClass().getMethods()) {
                for (var annotation : method.getAnnotations()) {
                    var http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http == null) continue;
                    var sub = method.getAnnotation(Path.class);
                    calls.add(http.value() + " " + ("/" + root + "/" + (sub == null ? "" : sub.value())).replaceAll("/+", "/").replaceAll("/$", ""));
                }
            }
        }
        return calls;
    }

    @Test
    void hasExactlyOneRowForEveryCall() {
        var rows = AccessTable.shipped().rows().stream().map(r -> r.method() + " " + r.path()).collect(Collectors.toCollection(TreeSet::new));
        var calls = calls();
        calls.add("GET /events");
        assertEquals(calls, rows);
        assertEquals(rows.size(), AccessTable.shipped().rows().size());
    }

    // the whole matrix: each role, nobody, and a forged key, on each row
    @Test
    void letsThroughExactlyWhomTheTableNames() {
        int cells = 0;
        for (var row : AccessTable.shipped().rows()) {
            var path = row.path().replaceAll("\\{[^}]*\\}", "x1");
            for (var role : Role.values()) {
                var door = door(role);
                int status = door.decide(row.method(), path, "Bearer key", "a").status();
                assertEquals(row.everyone() || row.roles().contains(role) ? 0 : 403, status, row + " for " + role);
                cells++;
            }
            assertEquals(row.everyone() ? 0 : 401, door(Role.ADMINISTRATOR).decide(row.method(), path, null, "a").status(), row + " for nobody");
            assertEquals(row.everyone() ? 0 : 401, door(Role.ADMINISTRATOR).decide(row.method(), path, "Bearer forged", "a").status(), row + " for a forged key");
            cells += 2;
        }
        assertTrue(cells > 400, "cells: " + cells);
    }

    @Test
    void deniesWhatHasNoRow() {
        for (var call : new String[][] {{"GET", "/nothing"}, {"PATCH", "/devices/a"}, {"DELETE", "/sources/a"}, {"GET", "/devices/a/b/c"}, {"POST", "/devices"}}) {
            assertEquals(404, door(Role.ADMINISTRATOR).decide(call[0], call[1], "Bearer key", "a").status());
            assertEquals(401, door(Role.ADMINISTRATOR).decide(call[0], call[1], null, "a").status());
        }
    }

    @Test
    void makesAGuesserWait() {
        var door = door(Role.AUDITOR);
        for (int i = 0; i < 20; i++) assertEquals(401, door.decide("GET", "/devices", "Bearer guess" + i, "10.0.0.1").status());
        assertEquals(429, door.decide("GET", "/devices", "Bearer key", "10.0.0.1").status());
        assertEquals(0, door.decide("GET", "/devices", "Bearer key", "10.0.0.2").status());
    }

    private static Door door(Role role) {
        var person = new Person("p", "P", "o", EnumSet.of(role), Optional.empty(), Set.of());
        var identity = TestParts.twin(Identity.class, Map.of("authenticate", a -> "key".equals(a[0]) ? Optional.of(person) : Optional.empty()));
        return new Door(AccessTable.shipped(), TestParts.of(Map.of(Identity.class, identity)), NOON);
    }

    @Test
    void namesTheLineThatIsWrong() {
        var e = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> new AccessTable(Arrays.asList("GET /x")));
        assertTrue(e.getMessage().contains("GET /x"));
    }
}
