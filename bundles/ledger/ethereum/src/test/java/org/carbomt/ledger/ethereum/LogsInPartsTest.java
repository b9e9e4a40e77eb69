package org.carbomt.ledger.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that gives the logs of so many blocks at once and refuses more, as hosted ones do. */
class LogsInPartsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Contracts contracts = new Contracts("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f");
    private final List<Long> given = new ArrayList<>();
    private HttpServer server;
    private Node node;
    private int most = 100;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = answer(JSON.readTree(exchange.getRequestBody())).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        node = new Node(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String answer(JsonNode call) {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":" + call.get("id");
        if (call.get("method").asText().equals("eth_blockNumber")) return start + ",\"result\":\"0x3e7\"}";
        var filter = call.get("params").get(0);
        long from = Long.decode(filter.get("fromBlock").asText());
        long to = Long.decode(filter.get("toBlock").asText());
        if (to - from >= most) return start + ",\"error\":{\"code\":-32005,\"message\":\"query exceeds max block range " + most + "\"}}";
        var logs = new ArrayList<String>();
        for (long block = from; block <= to; block++) {
            given.add(block);
            logs.add(String.format("{\"address\":\"%s\",\"topics\":[\"%s\",\"0x%064x\",\"0x%064x\"],\"data\":\"0x%064x\",\"blockNumber\":\"0x%x\",\"logIndex\":\"0x0\",\"transactionHash\":\"0x%064x\"}", contracts.addresses().get("cash"),
                    org.web3j.crypto.Hash.sha3String("CashDeposited(bytes32,address,uint256)"), 1, 2, 3, block, block));
        }
        return start + ",\"result\":[" + String.join(",", logs) + "]}";
    }

    @Test
    void everyBlockIsAskedForOnceAndInOrder() {
        var events = Sender.events(node, contracts, Optional.empty(), 5);
        assertEquals(995, events.size());
        for (int i = 0; i < 995; i++) assertEquals(List.of(5L + i, 5L + i), List.of(given.get(i), events.get(i).block()));
        assertEquals("3", events.get(0).values().get("minor"));
        assertEquals(List.of(), Sender.events(node, contracts, Optional.empty(), 1000), "beyond the head");
    }

    @Test
    void aNodeThatRefusesEvenOneBlockIsNamed() {
        most = 0;
        assertEquals("ledger.refused", assertThrows(CarboException.Unavailable.class, () -> Sender.events(node, contracts, Optional.empty(), 0)).problem().code());
    }
}
