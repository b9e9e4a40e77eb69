package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.horizen.evm.Address;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMethodsTest {
    private final Signer signer = new Signer(1, NodeConfig.DEFAULT_CHAIN_ID);
    private final MovingClock clock = new MovingClock();
    @TempDir
    Path folder;
    private EmbeddedNode node;
    private RpcClient rpc;
    private Address contract;
    private long nonce;

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }
    }

    @BeforeEach
    void open() throws Exception {
        node = new EmbeddedNode(folder, clock, NodeConfig.local());
        rpc = new RpcClient(node.rpc());
        // 36 5f 5f 37 calldatacopy(0, 0, size); 60 07 topic; 36 5f a1 log1(0, size, 7); 00 — wrapped by an init code that returns it.
        contract = new Address(send(null, "0x6936" + "5f5f37600736" + "5fa1005f52600a6016f3").get("contractAddress").asText());
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private JsonNode send(Address to, String data) throws Exception {
        var receipt = rpc.receipt(rpc.ask("eth_sendRawTransaction", Hex.data(signer.sign(nonce++, to, 0, data, 200_000))).asText());
        assertEquals("0x1", receipt.get("status").asText());
        return receipt;
    }

    @Test
    void aLogFilterTellsEachLogOnce() throws Exception {
        send(contract, "0x01");
        String filter = rpc.ask("eth_newFilter", Map.of("address", contract.toString(), "fromBlock", "0x0")).asText();
        assertEquals(0, rpc.ask("eth_getFilterChanges", filter).size());
        send(contract, "0x02");
        send(contract, "0x03");
        var news = rpc.ask("eth_getFilterChanges", filter);
        assertEquals(List.of("0x02", "0x03"), List.of(news.get(0).get("data").asText(), news.get(1).get("data").asText()));
        assertEquals(0, rpc.ask("eth_getFilterChanges", filter).size());
        assertEquals(3, rpc.ask("eth_getFilterLogs", filter).size());
        assertEquals("true", rpc.ask("eth_uninstallFilter", filter).toString());
        assertEquals("false", rpc.ask("eth_uninstallFilter", filter).toString());
        assertEquals("filter not found", rpc.error("eth_getFilterChanges", filter).get("message").asText());
    }

    @Test
    void blockAndTransactionFiltersTellEachHashOnce() throws Exception {
        String blocks = rpc.ask("eth_newBlockFilter").asText();
        String transactions = rpc.ask("eth_newPendingTransactionFilter").asText();
        assertNotEquals(blocks, transactions);
        var one = send(contract, "0x01");
        var two = send(contract, "0x02");
        var hashes = rpc.ask("eth_getFilterChanges", blocks);
        assertEquals(List.of(one.get("blockHash").asText(), two.get("blockHash").asText()), List.of(hashes.get(0).asText(), hashes.get(1).asText()));
        var sent = rpc.ask("eth_getFilterChanges", transactions);
        assertEquals(List.of(one.get("transactionHash").asText(), two.get("transactionHash").asText()), List.of(sent.get(0).asText(), sent.get(1).asText()));
        assertEquals(0, rpc.ask("eth_getFilterChanges", blocks).size());
    }

    @Test
    void aFilterNobodyAsksAboutIsForgotten() throws Exception {
        String kept = rpc.ask("eth_newBlockFilter").asText();
        String left = rpc.ask("eth_newBlockFilter").asText();
        clock.now = clock.now.plus(Duration.ofMinutes(4));
        rpc.ask("eth_getFilterChanges", kept);
        clock.now = clock.now.plus(Duration.ofMinutes(2));
        rpc.ask("eth_getFilterChanges", kept);
        assertEquals(-32000, rpc.error("eth_getFilterChanges", left).get("code").asInt());
    }

    @Test
    void aTopicIsFoundOnlyAtItsPlace() throws Exception {
        send(contract, "0x01");
        String seven = "0x" + "0".repeat(63) + "7";
        assertEquals(1, rpc.ask("eth_getLogs", Map.of("fromBlock", "earliest", "topics", List.of(seven))).size());
        assertEquals(1, rpc.ask("eth_getLogs", Map.of("fromBlock", "earliest", "topics", List.of(List.of("0x" + "0".repeat(64), seven)))).size());
        assertEquals(0, rpc.ask("eth_getLogs", Map.of("fromBlock", "earliest", "topics", List.of(List.of(), seven))).size());
        var log = rpc.ask("eth_getLogs", Map.of("topics", List.of(seven))).get(0);
        assertEquals(Hex.quantity(1_767_225_600), Hex.quantity(Hex.number(log.get("blockTimestamp").asText())), "2026-01-01T00:00Z");
        assertEquals(log, rpc.ask("eth_getLogs", Map.of("blockHash", log.get("blockHash").asText())).get(0));
    }

    @Test
    void whatIsWrongWithAFilterIsSaid() throws Exception {
        assertTrue(rpc.error("eth_getLogs", Map.of("fromBlock", "0x2", "toBlock", "0x1")).get("message").asText().startsWith("invalid block range params"));
        assertEquals("cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other", rpc.error("eth_getLogs", Map.of("fromBlock", "0x2", "blockHash", "0x" + "0".repeat(64))).get("message").asText());
        assertEquals("unknown block", rpc.error("eth_getLogs", Map.of("blockHash", "0x" + "0".repeat(64))).get("message").asText());
        assertEquals("invalid argument 0: address[1]: '0x12' must be 0x and 40 hex digits", rpc.error("eth_getLogs", Map.of("address", List.of(contract.toString(), "0x12"))).get("message").asText());
        assertTrue(rpc.error("eth_getLogs", Map.of("topics", List.of(List.of(), List.of(), List.of(), List.of(), List.of()))).get("message").asText().startsWith("exceed max topics"));
    }
}
