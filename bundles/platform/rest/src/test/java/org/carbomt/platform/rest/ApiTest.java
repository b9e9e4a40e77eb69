package org.carbomt.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Devices;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.api.market.Sales;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;

/** The API through Jersey itself, without a web server. */
class ApiTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private final Map<Class<?>, Object> services = new HashMap<>();

    private record Answer(int status, JsonNode body, String type) {}

    private Answer call(String method, String path, String key, String body) throws Exception {
        var people = Map.of("admin", person("admin", Role.ADMINISTRATOR, Set.of()), "trader", person("trader", Role.TRADER, Set.of("mine")));
        services.put(Identity.class, TestParts.twin(Identity.class, Map.of("authenticate", a -> Optional.ofNullable(people.get(a[0])))));
        var parts = TestParts.of(services);
        var handler = new ApplicationHandler(Api.config(parts, new Door(AccessTable.shipped(), parts, NOON), NOON, "1.2.3", Set.of()));
        var request = new ContainerRequest(URI.create("http://localhost/api/v1/"), URI.create("http://localhost/api/v1" + path), method, null, new MapPropertiesDelegate(), null);
        if (key != null) request.header("Authorization", "Bearer " + key);
        if (body != null) {
            request.header("Content-Type", "application/json");
            request.setEntityStream(new ByteArrayInputStream(body.getBytes()));
        }
        var out = new ByteArrayOutputStream();
        var response = handler.apply(request, out).get();
        return new Answer(response.getStatus(), out.size() == 0 ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(out.toByteArray()), String.valueOf(response.getMediaType()));
    }

    private static Person person(String id, Role role, Set<String> accounts) {
        return new Person(id, id, "org", Set.of(role), Optional.empty(), accounts);
    }

    private void given(Class<?> type, Map<String, Function<Object[], Object>> methods) {
        services.put(type, TestParts.twin(type, methods));
    }

    @Test
    void tellsItsStateToAnyoneAndNamesWhatIsAbsent() throws Exception {
        var status = call("GET", "/status", null, null);
        assertEquals(200, status.status);
        assertEquals("1.2.3", status.body.get("version").asText());
        assertFalse(status.body.get("parts").get("Ledger").asBoolean());
        var absent = call("GET", "/devices", "admin", null);
        assertEquals(503, absent.status);
        assertEquals("part.absent", absent.body.get("code").asText());
        assertEquals("application/problem+json", absent.type);
    }

    @Test
    void namesTheFieldThatIsWrong() throws Exception {
        given(Devices.class, Map.of("find", a -> Optional.empty()));
        assertEquals("body.malformed", call("PUT", "/devices/a", "admin", "{\"siteId\":").body.get("code").asText());
        var unknown = call("PUT", "/devices/a", "admin", "{\"sightId\":\"x\"}");
        assertEquals(400, unknown.status);
        assertEquals("sightId", unknown.body.get("field").asText());
        var missing = call("PUT", "/devices/a", "admin", "{\"siteId\":\"x\"}");
        assertEquals(422, missing.status);
        assertEquals("profileId", missing.body.get("field").asText());
        assertEquals(404, call("GET", "/devices/a", "admin", null).status);
    }

    @Test
    void keepsATraderToTheOwnAccounts() throws Exception {
        var foreign = call("POST", "/sales", "trader", "{\"requestId\":\"1\",\"seller\":\"yours\",\"tokenId\":1,\"tonnes\":1,\"priceMinorPerTonne\":1,\"currency\":\"EUR\"}");
        assertEquals(403, foreign.status);
        assertEquals("access.foreign-account", foreign.body.get("code").asText());
        given(Sales.class, Map.of("offer", a -> {
            throw new CarboException.Conflict(new Problem("credits.insufficient", "tonnes", "1", "at most 0"));
        }));
        assertEquals(409, call("POST", "/sales", "trader", "{\"requestId\":\"1\",\"seller\":\"mine\",\"tokenId\":1,\"tonnes\":1,\"priceMinorPerTonne\":1,\"currency\":\"EUR\"}").status);
        assertEquals("value.not-positive", call("POST", "/sales", "trader", "{\"requestId\":\"1\",\"seller\":\"mine\",\"tokenId\":1,\"tonnes\":-5,\"priceMinorPerTonne\":1,\"currency\":\"EUR\"}").body.get("code").asText());
    }

    // a fault of ours shows a reference, never what broke
    @Test
    void neverShowsAStackTrace() throws Exception {
        given(Devices.class, Map.of("all", a -> {
            throw new IllegalStateException("secret detail");
        }));
        var fault = call("GET", "/devices", "admin", null);
        assertEquals(500, fault.status);
        assertFalse(fault.body.toString().contains("secret"), fault.body.toString());
        assertTrue(fault.body.has("value"));
    }

    @Test
    void refusesABodyBeyondItsLimit() throws Exception {
        assertEquals(413, call("PUT", "/devices/a", "admin", "{\"siteId\":\"" + "x".repeat(2_000_000) + "\"}").status);
    }

    @Test
    void describesEveryCallInOpenApi() throws Exception {
        var api = call("GET", "/openapi.json", null, null).body;
        int operations = 0;
        for (var path : api.get("paths")) operations += path.size();
        assertEquals(AccessTable.shipped().rows().size() - 1, operations, "events are a stream, all else is described");
        assertEquals(List.of("accessKey"), List.of(api.get("components").get("securitySchemes").fieldNames().next()));
    }
}
