package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a node while transactions are sent. The counting is done here, from the receipts that the client saw. More rounds: -Dkill.rounds=N, the same
 * moments again: -Dkill.seed=S.
 */
class KillTest {
    private static final Address TO = new Address("0x3535353535353535353535353535353535353535");
    @TempDir
    Path folder;
    private final Map<String, String> blockOfSeen = new ConcurrentHashMap<>();
    private final List<Signer> signers = List.of(new Signer(100, NodeConfig.DEFAULT_CHAIN_ID), new Signer(101, NodeConfig.DEFAULT_CHAIN_ID), new Signer(102, NodeConfig.DEFAULT_CHAIN_ID));

    @Test
    void everyReceiptSeenIsThereAfterTheKill() throws Exception {
        int rounds = Integer.getInteger("kill.rounds", 8);
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.println("kill.seed=" + seed);
        var random = new Random(seed);
        var node = start();
        for (int round = 0; round < rounds; round++) {
            var rpc = node.rpc;
            List<Thread> clients = signers.stream().map(signer -> client(rpc, signer)).toList();
            int before = blockOfSeen.size();
            while (blockOfSeen.size() == before && node.process.isAlive()) LockSupport.parkNanos(1_000_000);
            LockSupport.parkNanos(random.nextInt(300_000_000)); // anywhere in a block being made, written or shown
            node.process.destroyForcibly().waitFor();
            for (Thread client : clients) client.join();
            assertTrue(blockOfSeen.size() > before, "round " + round + " saw no receipt");
            node = start();
            check(new RpcClient(node.rpc));
        }
        node.process.getOutputStream().close();
        assertTrue(node.process.waitFor(20, TimeUnit.SECONDS));
        System.out.println(rounds + " kills, " + blockOfSeen.size() + " receipts seen, none lost");
        requireStateOfBlocks();
    }

    private record Node(Process process, URI rpc) {}

    private Node start() throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                NodeProgram.class.getName(), folder.toString(), "0").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line; (line = out.readLine()) != null;) {
            if (line.startsWith("ready ")) return new Node(process, URI.create(line.substring(6)));
        }
        throw new IllegalStateException("the node ended before it was ready");
    }

    /** Sends one transaction after the other and notes each receipt, until the node is gone. */
    private Thread client(URI uri, Signer signer) {
        var thread = new Thread(() -> {
            var rpc = new RpcClient(uri);
            try {
                long nonce = Hex.number(rpc.ask("eth_getTransactionCount", signer.address().toString(), "latest").asText()).longValueExact();
                for (;; nonce++) {
                    String hash = rpc.ask("eth_sendRawTransaction", Hex.data(signer.sign(nonce, TO, 0, "0x", 21_000))).asText();
                    blockOfSeen.put(hash, rpc.receipt(hash).get("blockHash").asText());
                }
            } catch (IOException | InterruptedException killed) {
                return;
            }
        });
        thread.start();
        return thread;
    }

    private void check(RpcClient rpc) throws Exception {
        for (var seen : blockOfSeen.entrySet()) {
            JsonNode receipt = rpc.ask("eth_getTransactionReceipt", seen.getKey());
            assertEquals(seen.getValue(), receipt.path("blockHash").asText(), "block of transaction " + seen.getKey());
        }
        for (Signer signer : signers) requireUnbroken(rpc, signer);
    }

    /** Every nonce below the next one is in a block, none twice. */
    private static void requireUnbroken(RpcClient rpc, Signer signer) throws Exception {
        long next = Hex.number(rpc.ask("eth_getTransactionCount", signer.address().toString(), "latest").asText()).longValueExact();
        for (long nonce = 0; nonce < next; nonce++) {
            String hash = Keccak256.of(signer.sign(nonce, TO, 0, "0x", 21_000)).toString();
            assertEquals("0x1", rpc.ask("eth_getTransactionReceipt", hash).path("status").asText(), "nonce " + nonce + " of " + signer.address());
        }
        String beyond = Keccak256.of(signer.sign(next, TO, 0, "0x", 21_000)).toString();
        assertTrue(rpc.ask("eth_getTransactionReceipt", beyond).isNull(), "nonce " + next + " of " + signer.address());
    }

    /** The state on disk is the one that the blocks give when they are executed from the first on. */
    private void requireStateOfBlocks() throws IOException {
        Hash head;
        try (var chain = new Chain(folder, Clock.systemUTC(), NodeConfig.local())) {
            head = chain.head().hash();
        }
        try (var files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        try (var chain = new Chain(folder, Clock.systemUTC(), NodeConfig.local())) {
            assertEquals(head, chain.head().hash());
        }
    }
}
