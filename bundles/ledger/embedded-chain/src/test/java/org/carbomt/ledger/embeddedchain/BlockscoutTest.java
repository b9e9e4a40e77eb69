package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call that docs/blockscout.md lists, in the form Blockscout (variant geth) makes it, on a chain with a contract, its log and a transfer. */
class BlockscoutTest {
    private static final Path DOC = Path.of("../../../docs/blockscout.md");
    /** Creates a contract whose code is one byte, STOP, after it logged one topic, 1: LOG1(0, 0, 1); RETURN(0, 1). */
    private static final String CREATION = "0x600160006000a160016000f3";
    private static final Map<String, String> CALL_TRACER = Map.of("tracer", "callTracer");
    @TempDir
    Path folder;

    @Test
    void everyListedCallIsAnswered() throws Exception {
        var config = new NodeConfig(NodeConfig.DEFAULT_CHAIN_ID, NodeConfig.DEFAULT_GAS_LIMIT, Map.of(), "127.0.0.1", 0, 100_000, List.of());
        try (var node = new EmbeddedNode(folder, Clock.systemUTC(), config)) {
            var rpc = new RpcClient(node.rpc());
            var signer = new Signer(7, config.chainId());
            var creation = rpc.ask("eth_sendRawTransaction", Hex.data(signer.sign(0, null, 0, CREATION, 200_000))).asText();
            var receipt = rpc.receipt(creation);
            assertEquals("0x1", receipt.get("status").asText());
            var waiting = rpc.ask("eth_sendRawTransaction", Hex.data(signer.sign(2, signer.address(), 0, "0x", 21_000))).asText();

            var answers = new HashMap<String, JsonNode>();
            for (var call : calls(receipt, signer, creation).entrySet()) answers.put(call.getKey(), rpc.ask(call.getKey(), call.getValue().toArray()));
            var sent = rpc.ask("eth_sendRawTransaction", Hex.data(signer.sign(1, signer.address(), 0, "0x", 21_000)));
            answers.put("eth_sendRawTransaction", sent);
            rpc.receipt(waiting);

            assertEquals(new TreeSet<>(listed()), new TreeSet<>(answers.keySet()), "calls listed in the docs and calls tried");
            assertEquals(waiting, answers.get("txpool_content").get("queued").get(signer.address().toString()).get("2").get("hash").asText());
            assertEquals(1, answers.get("eth_getLogs").size());
            assertEquals("CREATE", answers.get("debug_traceTransaction").get("type").asText());
            assertEquals(creation, answers.get("debug_traceBlockByNumber").get(0).get("txHash").asText());
            assertEquals("0x00", answers.get("eth_getCode").asText());
            assertFalse(answers.get("eth_syncing").asBoolean());
            assertTrue(answers.get("eth_getUncleByBlockHashAndIndex").isNull());
            assertEquals(1, answers.get("eth_getBlockByNumber").get("transactions").size());
        }
    }

    private static List<String> listed() throws Exception {
        return Files.readAllLines(DOC).stream().map(Pattern.compile("\\| `([a-z0-9]+_[A-Za-z0-9]+)` \\|.*")::matcher).filter(m -> m.matches()).map(m -> m.group(1)).toList();
    }

    private static Map<String, List<Object>> calls(JsonNode receipt, Signer signer, String creation) {
        var hash = receipt.get("blockHash").asText();
        var number = receipt.get("blockNumber").asText();
        var contract = receipt.get("contractAddress").asText();
        var calls = new HashMap<String, List<Object>>();
        for (var plain : List.of("eth_chainId", "net_version", "web3_clientVersion", "eth_syncing", "eth_blockNumber", "eth_gasPrice", "txpool_content")) calls.put(plain, List.of());
        calls.put("eth_getBlockByNumber", List.of(number, true));
        calls.put("eth_getBlockByHash", List.of(hash, true));
        calls.put("eth_getUncleByBlockHashAndIndex", List.of(hash, "0x0"));
        calls.put("eth_getTransactionByHash", List.of(creation));
        calls.put("eth_getTransactionByBlockHashAndIndex", List.of(hash, "0x0"));
        calls.put("eth_getTransactionByBlockNumberAndIndex", List.of(number, "0x0"));
        calls.put("eth_getTransactionReceipt", List.of(creation));
        calls.put("eth_getBlockReceipts", List.of(number));
        calls.put("eth_getLogs", List.of(Map.of("fromBlock", number, "toBlock", number)));
        calls.put("eth_getBalance", List.of(signer.address().toString(), number));
        calls.put("eth_getCode", List.of(contract, number));
        calls.put("eth_getStorageAt", List.of(contract, "0x0", number));
        calls.put("eth_getTransactionCount", List.of(signer.address().toString(), "latest"));
        calls.put("eth_call", List.of(Map.of("to", contract, "data", "0x"), number));
        calls.put("eth_estimateGas", List.of(Map.of("from", signer.address().toString(), "to", contract, "data", "0x")));
        calls.put("eth_feeHistory", List.of("0x1", "latest", List.of(50)));
        calls.put("debug_traceTransaction", List.of(creation, CALL_TRACER));
        calls.put("debug_traceBlockByNumber", List.of(number, CALL_TRACER));
        return calls;
    }
}
