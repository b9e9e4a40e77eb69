package org.carbomt.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.forecast.Forecast;
import org.carbomt.api.forecast.Forecasts;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.Sales;
import org.carbomt.api.market.Trade;
import org.carbomt.api.model.ModelCard;
import org.carbomt.api.model.Models;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;
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

    private static final String ORDER = "{\"requestId\":\"1\",\"account\":\"%s\",\"tokenId\":7,\"side\":\"BUY\",\"priceMinor\":%s,\"tonnes\":%s}";

    // an order beyond what can be counted never gets as far as the book
    @Test
    void refusesAnOrderByTheFieldThatIsWrong() throws Exception {
        given(Exchange.class, Map.of("order", a -> Optional.empty()));
        assertEquals("access.foreign-account", call("POST", "/market/orders", "trader", ORDER.formatted("yours", "5", "1")).body.get("code").asText());
        for (var wrong : List.of(List.of("-5", "1", "422"), List.of("0", "1", "422"), List.of("5000000000", "5000000000", "422"), List.of("5", "-1", "422"), List.of("12.5", "1", "400"), List.of("99999999999999999999", "1", "400"), List.of("\"x\"", "1", "400"))) {
            var answer = call("POST", "/market/orders", "trader", ORDER.formatted("mine", wrong.get(0), wrong.get(1)));
            assertEquals(wrong.get(2), "" + answer.status, wrong + ": " + answer.body);
            assertEquals(wrong.get(1).equals("-1") ? "tonnes" : "priceMinor", answer.body.get("field").asText());
        }
        var side = call("POST", "/market/orders", "trader", "{\"requestId\":\"1\",\"account\":\"mine\",\"tokenId\":7,\"side\":\"HOLD\",\"priceMinor\":5,\"tonnes\":1}");
        assertTrue(side.body.get("expected").asText().contains("BUY"), side.body.toString());
        assertEquals(404, call("POST", "/market/orders/order-1/cancel", "trader", null).status);
        assertEquals("account", call("GET", "/market/orders", "trader", null).body.get("field").asText());
    }

    @Test
    void showsTradesWithoutNames() throws Exception {
        given(Exchange.class, Map.of("trades", a -> List.of(new Trade(1, 7, 50, 10, Order.Side.BUY, "order-a", "order-b", "secret-buyer", "secret-seller", 1, Instant.EPOCH))));
        var trades = call("GET", "/market/trades?token=7", "trader", null);
        assertEquals(10, trades.body.get("items").get(0).get("tonnes").asInt());
        assertFalse(trades.body.toString().contains("secret"), trades.body.toString());
    }

    // what is absent is named; a source without a forecast has none, which is no error
    @Test
    void showsForecastsWithWhatBecameOfThem() throws Exception {
        given(EmissionSources.class, Map.of("find", a -> a[0].equals("unit") ? Optional.of(new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of(), Map.of(), "org", Optional.empty())) : Optional.empty()));
        assertEquals("Forecasts", call("GET", "/sources/unit/forecasts", "trader", null).body.get("value").asText());
        var score = new Forecast.Score("persistence", 24, 1.5, 3, 79);
        given(Forecasts.class, Map.of("find", a -> List.of(new Forecast("unit", Instant.EPOCH, "persistence", "00ff", List.of(new Forecast.Hour(Instant.EPOCH, 1, 2, 3)), List.of(score))), "realised", a -> Optional.empty()));
        var item = call("GET", "/sources/unit/forecasts", "trader", null).body.get("items").get(0);
        assertEquals(2, item.get("hours").get(0).get("median").asDouble());
        assertEquals("persistence", item.get("judged").get(0).get("method").asText());
        assertTrue(item.path("realised").isNull() || item.path("realised").isMissingNode());
        assertEquals(404, call("GET", "/sources/other/forecasts", "trader", null).status);
        assertEquals("limit", call("GET", "/sources/unit/forecasts?limit=0", "trader", null).body.get("field").asText());
    }

    // cards and reasons for everyone, changes for the administrator
    @Test
    void showsModelsAndPromotesForTheAdministrator() throws Exception {
        var card = new ModelCard("a", "plume-unet", "u-net", "", "scenes", "00", 1, Instant.EPOCH, Map.of("oneMinusIou", 0.5), Map.of("threshold", Map.of("oneMinusIou", 0.6)), Map.of("threshold", new double[] {0.5}));
        given(Models.class, Map.of("all", a -> List.of(new Models.Entry(card, Models.State.REFUSED, "worse", "admin", Instant.EPOCH)), "promote", a -> new Models.Entry(card, Models.State.IN_SERVICE, (String) a[2], (String) a[1], Instant.EPOCH)));
        var item = call("GET", "/models", "trader", null).body.get("items").get(0);
        assertEquals("REFUSED", item.get("state").asText());
        assertEquals(0.6, item.get("card").get("yardsticks").get("threshold").get("oneMinusIou").asDouble());
        assertEquals(403, call("POST", "/models/a/promote", "trader", "{\"reason\":\"x\"}").status);
        assertEquals("IN_SERVICE", call("POST", "/models/a/promote", "admin", "{\"reason\":\"x\"}").body.get("state").asText());
        assertEquals("reason", call("POST", "/models/a/promote", "admin", "{}").body.get("field").asText());
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

    private static HourlyRecord hour(String start, HourlyRecord.Status status, String shortTons) {
        var mass = Optional.ofNullable(shortTons).map(BigDecimal::new);
        return new HourlyRecord("unit", Instant.parse(start), 1, status, mass, mass.map(m -> new BigDecimal("2.7")), Grade.MEASURED, "part75@1", "G-4", "App. G", "", Map.of(), Hash.sha256(new byte[0]), -1, 0, Instant.EPOCH);
    }

    // 10 short tons are 9.0718474 t; a missing hour adds no mass and is counted as missing
    @Test
    void sumsAMonthToTheGram() throws Exception {
        given(EmissionSources.class, Map.of("find", a -> Optional.of(new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of(), Map.of(), "op", Optional.empty()))));
        given(Hours.class, Map.of("find", a -> List.of(hour("2020-02-29T23:00:00Z", HourlyRecord.Status.MEASURED, "10.0"), hour("2020-03-01T00:00:00Z", HourlyRecord.Status.MISSING, null))));
        var months = call("GET", "/sources/unit/months?from=2020-01-01T00:00:00Z&to=2020-12-01T00:00:00Z", "trader", null).body.get("items");
        assertEquals("9.071847", months.get(0).get("massTonnes").asText());
        assertEquals("2.70", months.get(0).get("uncertaintyPercent").asText());
        assertEquals("MEASURED", months.get(0).get("grade").asText());
        assertEquals(1, months.get(1).get("byStatus").get("MISSING").asInt());
        assertTrue(months.get(1).get("uncertaintyPercent").isNull());
    }

    // hour 00 has no record, 01 is measured, 02 missing
    @Test
    void givesAYearOfHoursAtAGlance() throws Exception {
        given(EmissionSources.class, Map.of("find", a -> Optional.of(new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of(), Map.of(), "op", Optional.empty()))));
        given(Hours.class, Map.of("find", a -> List.of(hour("2020-01-01T01:00:00Z", HourlyRecord.Status.MEASURED, "10.0"), hour("2020-01-01T02:00:00Z", HourlyRecord.Status.MISSING, null))));
        var map = call("GET", "/sources/unit/map?from=2020-01-01T00:00:00Z&to=2020-12-01T00:00:00Z", "trader", null).body;
        assertEquals(".MX", map.get("statuses").asText());
        assertEquals("[null,\"10.0\",null]", map.get("massShortTons").toString());
    }

    // a channel that is silent in the newest row shows its last value with its own time
    @Test
    void givesTheLatestValueOfEachChannel() throws Exception {
        var block = new ReadingBlock(List.of(new Channel("co2", "ppm", Grade.MEASURED), new Channel("battery", "V", Grade.MEASURED)), new long[] {1_000, 2_000}, new double[][] {{400, 410}, {3.6, Double.NaN}});
        var entry = new Entry("d", "mqtt", "p@1", Hash.sha256(new byte[0]), false, OptionalLong.empty(), Instant.EPOCH, new byte[0], block);
        given(Devices.class, Map.of("find", a -> Optional.of(new Device("d", "site", "p", "D", Map.of(), Set.of(), Optional.empty(), true)), "lastSeen", a -> Optional.of(new Devices.LastSeen(Instant.EPOCH, "mqtt", 7))));
        given(Journal.class, Map.of("read", a -> List.of(new StoredEntry(7, new byte[0], Hash.sha256(new byte[0]), entry))));
        var values = call("GET", "/devices/d/latest", "trader", null).body.get("values");
        assertEquals(410, values.get(0).get("value").asDouble());
        assertEquals(3.6, values.get(1).get("value").asDouble());
        assertEquals("1970-01-01T00:00:01Z", values.get(1).get("time").asText());
    }

    @Test
    void readsTheExpectedPartsOfACfgFile() {
        assertEquals(Set.of("Intake", "Journal"), RestComponent.expected("Intake, Journal,"));
        assertEquals(Set.of(), RestComponent.expected(""));
    }

    // what a generated client relies on: decimals and hashes are text, all of an answer is there, what may be absent is null
    @Test
    void describesTypesAsTheyAreServed() throws Exception {
        var schemas = call("GET", "/openapi.json", null, null).body.get("components").get("schemas");
        var mass = schemas.get("HourView").get("properties").get("massShortTons");
        assertEquals("string", mass.get("type").asText());
        assertTrue(mass.get("nullable").asBoolean());
        assertEquals("string", schemas.get("HourView").get("properties").get("readingsRoot").get("type").asText());
        assertEquals(schemas.get("HourView").get("properties").size(), schemas.get("HourView").get("required").size());
        assertFalse(schemas.get("OfferBody").has("required"));
    }

    // the web server starts a servlet again when its settings change
    @Test
    void startsMoreThanOnce() throws Exception {
        var api = new Api(TestParts.of(services), new Door(AccessTable.shipped(), TestParts.of(services), NOON), NOON, "1.2.3", Set.of());
        var context = TestParts.twin(ServletContext.class, Map.of("getAttributeNames", a -> Collections.emptyEnumeration(), "getInitParameterNames", a -> Collections.emptyEnumeration(), "setAttribute", a -> null, "getAttribute", a -> null,
                "getContextPath", a -> "", "getServletRegistration", a -> null));
        var config = TestParts.twin(ServletConfig.class, Map.of("getServletContext", a -> context, "getServletName", a -> "api", "getInitParameterNames", a -> Collections.emptyEnumeration(), "getInitParameter", a -> null));
        for (int start = 0; start < 2; start++) {
            api.init(config);
            api.destroy();
        }
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
