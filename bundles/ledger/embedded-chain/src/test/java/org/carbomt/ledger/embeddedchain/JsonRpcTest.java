package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final AtomicInteger sent = new AtomicInteger();
    private final JsonRpc rpc = new JsonRpc(100_000, List.of(r -> {
        r.add("echo", 2, p -> p.at(0).value());
        r.add("address", 1, p -> p.at(0).address().toString());
        r.add("quantity", 1, p -> Hex.quantity(p.at(0).quantity()));
        r.add("sends", 0, p -> true, sent::incrementAndGet);
        r.add("fails", 0, p -> {
            throw new IllegalStateException("secret");
        });
        r.add("reverts", 0, p -> {
            throw new RpcException(RpcException.REVERTED, "execution reverted", "0x01");
        });
    }));

    private String text(String request) {
        return new String(rpc.answer(request.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private JsonNode answer(String request) throws IOException {
        return JSON.readTree(text(request));
    }

    // The examples of the JSON-RPC 2.0 specification, section 7, with our methods.
    @Test
    void answersSingleCallsBatchesAndNotifications() {
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":42}", text("{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"params\": [42, 23], \"id\": 3}"));
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":null}", text("{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"params\": [null], \"id\": \"a\"}"));
        assertEquals("", text("{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"params\": [1]}"));
        assertEquals("", text("{\"jsonrpc\": \"2.0\", \"method\": \"unknown\"}"));
        assertEquals("", text("[{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"params\": [1]}, {\"jsonrpc\": \"2.0\", \"method\": \"echo\"}]"));
        assertEquals("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1},{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601,\"message\":\"the method unknown does not exist/is not available\"}}]",
                text("[{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":[1],\"id\":1},{\"jsonrpc\":\"2.0\",\"method\":\"unknown\",\"id\":2},{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":[7]}]"));
    }

    @Test
    void whatComesAfterACallComesOnceForABatch() {
        String call = "{\"jsonrpc\":\"2.0\",\"method\":\"sends\",\"id\":1}";
        text(call);
        assertEquals(1, sent.get());
        text("[" + call + "," + call + ",{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"id\":1}," + call + "]");
        assertEquals(2, sent.get());
        text("{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"id\":1}");
        assertEquals(2, sent.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,2", "{\"jsonrpc\":\"2.0\"} x", "{'a':1}", "{\"id\":1,\"id\":2}", "nul"})
    void whatIsNoJsonIsAParseError(String request) throws IOException {
        var answer = answer(request);
        assertEquals(-32700, answer.get("error").get("code").intValue(), request);
        assertTrue(answer.get("id").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "{}", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"echo\"}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"echo\"}", "[]"})
    void whatIsNoRequestIsSaid(String request) throws IOException {
        assertEquals(-32600, answer(request).get("error").get("code").intValue(), request);
    }

    @Test
    void limitsBatchesDepthAndLength() throws IOException {
        String one = "{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":[1],\"id\":1}";
        assertEquals(1000, answer("[" + String.join(",", java.util.Collections.nCopies(1000, one)) + "]").size());
        assertEquals("batch too large: 1001 calls, at most 1000", answer("[" + String.join(",", java.util.Collections.nCopies(1001, one)) + "]").get("error").get("message").textValue());
        assertEquals(-32700, answer("{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":" + "[".repeat(40) + "]".repeat(40) + ",\"id\":1}").get("error").get("code").intValue());
        assertEquals(-32700, answer("[".repeat(90_000)).get("error").get("code").intValue());
        assertEquals(-32602, answer("{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":{\"a\":1},\"id\":1}").get("error").get("code").intValue());
        assertEquals("too many arguments, want at most 2", answer("{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"params\":[1,2,3],\"id\":1}").get("error").get("message").textValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "address | [] | missing value for required argument 0",
        "address | [null] | missing value for required argument 0",
        "address | [\"0x12\"] | invalid argument 0: '0x12' must be 0x and 40 hex digits",
        "address | [\"35353535353535353535353535353535353535350x\"] | invalid argument 0: '35353535353535353535353535353535353535350x' must be 0x and 40 hex digits",
        "address | [5] | invalid argument 0: 5 must be a string",
        "quantity | [\"12\"] | invalid argument 0: '12' must be 0x and 1 to 64 hex digits",
        "quantity | [\"0x\"] | invalid argument 0: '0x' must be 0x and 1 to 64 hex digits",
        "quantity | [\"0xzz\"] | invalid argument 0: '0xzz' must be 0x and 1 to 64 hex digits",
        "quantity | [\"0x-1\"] | invalid argument 0: '0x-1' must be 0x and 1 to 64 hex digits",
    })
    void wrongValuesAreNamedWithTheirPlace(String method, String params, String message) throws IOException {
        var error = answer("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":1}").get("error");
        assertEquals(-32602, error.get("code").intValue());
        assertEquals(message, error.get("message").textValue());
    }

    @Test
    void aFaultOfOursIsNotToldButLogged() throws IOException {
        assertEquals("{\"code\":-32603,\"message\":\"internal error of fails, the log of the node tells more\"}", answer("{\"jsonrpc\":\"2.0\",\"method\":\"fails\",\"id\":1}").get("error").toString());
        assertEquals("{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x01\"}", answer("{\"jsonrpc\":\"2.0\",\"method\":\"reverts\",\"id\":1}").get("error").toString());
    }

    // Whatever comes in, what goes out is empty or one JSON value.
    @Property(tries = 3000)
    void anyBytesAreAnswered(@ForAll @Size(max = 60) byte[] request) throws IOException {
        byte[] answer = rpc.answer(request);
        if (answer.length > 0) assertTrue(JSON.readTree(answer).isContainerNode());
    }
}
