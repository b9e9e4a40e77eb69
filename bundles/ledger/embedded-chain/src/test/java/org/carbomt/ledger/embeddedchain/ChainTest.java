package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import io.horizen.evm.StateDB;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainTest {
    private static final Address TO = new Address("0x3535353535353535353535353535353535353535");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final Signer signer = new Signer(1, NodeConfig.DEFAULT_CHAIN_ID);
    private final NodeConfig config = NodeConfig.local().withAllocation(Map.of(signer.address(), BigInteger.TEN.pow(20)));
    @TempDir
    Path folder;

    private Chain open() throws IOException {
        return new Chain(folder, CLOCK, config);
    }

    private void grow(Chain chain, int blocks) throws IOException {
        for (int i = 0; i < blocks; i++) {
            long nonce = chain.head().number();
            chain.publish(chain.make(List.of(signer.transfer(nonce, TO, nonce + 1))).block().orElseThrow());
        }
    }

    private static BigInteger balance(Chain chain, long block) {
        return chain.states.at(chain.block(block).orElseThrow().header().stateRoot(), state -> state.getBalance(TO));
    }

    private static void requireWhole(Chain chain, int blocks) {
        assertEquals(blocks, chain.head().number());
        for (long i = 0; i <= blocks; i++) assertEquals(BigInteger.valueOf(i * (i + 1) / 2), balance(chain, i), "block " + i);
        for (int i = 1; i <= blocks; i++) {
            Block block = chain.block(i).orElseThrow();
            assertEquals(chain.block(i - 1).orElseThrow().hash(), block.header().parentHash());
            assertEquals(new Chain.Place(i, 0), chain.place(block.transactions().get(0).hash()).orElseThrow());
            assertEquals(block.number(), chain.block(block.hash()).orElseThrow().number());
        }
    }

    private void removeState() throws IOException {
        try (var files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private void copyState(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    @Test
    void goesOnAfterItWasClosed() throws IOException {
        Hash genesis;
        try (var chain = open()) {
            genesis = chain.head().hash();
            grow(chain, 5);
        }
        try (var chain = open()) {
            requireWhole(chain, 5);
            assertEquals(genesis, chain.block(0).orElseThrow().hash());
            grow(chain, 3);
        }
        try (var chain = open()) {
            requireWhole(chain, 8);
        }
    }

    // The seal is Clique's: whoever has the header can tell that the validator of block 0 made it.
    @Test
    void everyBlockIsSealedByTheValidatorOfBlockZero() throws IOException {
        try (var chain = open()) {
            grow(chain, 3);
            byte[] named = new byte[20];
            System.arraycopy(chain.block(0).orElseThrow().header().extraData(), Header.VANITY, named, 0, 20);
            assertEquals(chain.validator.address(), new Address(named));
            for (int i = 1; i <= 3; i++) {
                Header header = chain.block(i).orElseThrow().header();
                byte[] extra = header.extraData();
                int seal = extra.length - Header.SEAL;
                assertEquals(chain.validator.address(), Signatures.recover(header.sealHash(), new BigInteger(1, extra, seal, 32), new BigInteger(1, extra, seal + 32, 32), extra[seal + 64]));
            }
        }
    }

    @Test
    void aStateThatIsLostIsMadeAgain() throws IOException {
        try (var chain = open()) {
            grow(chain, 6);
        }
        removeState();
        try (var chain = open()) {
            requireWhole(chain, 6);
            grow(chain, 1);
            requireWhole(chain, 7);
        }
    }

    // As after a power cut: the log is forced, the state database is not.
    @Test
    void aStateThatLagsBehindCatchesUp() throws IOException {
        try (var chain = open()) {
            grow(chain, 3);
        }
        copyState(folder.resolve("state"), folder.resolve("older"));
        try (var chain = open()) {
            grow(chain, 4);
        }
        removeState();
        copyState(folder.resolve("older"), folder.resolve("state"));
        try (var chain = open()) {
            requireWhole(chain, 7);
        }
    }

    // Every file of the state database in turn: cut to half, or overwritten. The log has all it takes.
    @Test
    void aStateThatIsDamagedIsPutAsideAndMadeAgain() throws IOException {
        try (var chain = open()) {
            grow(chain, 5);
        }
        List<Path> files = new ArrayList<>();
        try (var list = Files.list(folder.resolve("state"))) {
            list.filter(f -> !f.getFileName().toString().matches("LOCK|LOG.*")).sorted().forEach(files::add);
        }
        copyState(folder.resolve("state"), folder.resolve("kept"));
        assertTrue(files.size() >= 3, files.toString());
        for (Path file : files) {
            for (boolean cut : new boolean[] {true, false}) {
                removeState();
                copyState(folder.resolve("kept"), folder.resolve("state"));
                byte[] bytes = Files.readAllBytes(file);
                byte[] damaged = cut ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : new byte[bytes.length];
                Files.write(file, damaged);
                try (var chain = open()) {
                    requireWhole(chain, 5);
                }
            }
        }
    }

    @Test
    void aBlockTornOffIsMadeAgainByTheNextOne() throws IOException {
        try (var chain = open()) {
            grow(chain, 4);
        }
        Path log = folder.resolve("blocks.log");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        try (var chain = open()) {
            requireWhole(chain, 3);
            grow(chain, 1);
            requireWhole(chain, 4);
        }
        assertArrayEquals(bytes, Files.readAllBytes(log), "same clock, same block");
    }

    @Test
    void anotherBeginningIsRefusedByName() throws IOException {
        open().close();
        var other = new NodeConfig(config.chainId(), 1_000_000, config.allocation(), config.bindAddress(), 0, config.maxRequestBytes(), config.hosts());
        String message = assertThrows(IllegalStateException.class, () -> new Chain(folder, CLOCK, other)).getMessage();
        assertTrue(message.contains("gas limit"), message);
        open().close();
    }

    @Test
    void whatCannotRunIsInNoBlockAndSaysWhy() throws IOException {
        try (var chain = open()) {
            var poor = new Signer(2, config.chainId());
            var candidates = List.of(signer.transfer(1, TO, 1), signer.transfer(0, TO, 1), poor.transfer(0, TO, 5), signer.transfer(1, TO, 1));
            var made = chain.make(candidates);
            assertEquals(List.of(0L, 1L), made.block().orElseThrow().transactions().stream().map(Transaction::nonce).toList());
            assertEquals(List.of("nonce too high: address " + signer.address() + ", tx: 1 state: 0", "insufficient funds for gas * price + value: balance 0, tx cost 5, overshot 5"), List.copyOf(made.refused().values()));
        }
    }

    // Each block has the gas for one; the rest waits for the next.
    @Test
    void aFullBlockLeavesTheRest() throws IOException {
        var small = new NodeConfig(config.chainId(), 30_000, config.allocation(), config.bindAddress(), 0, config.maxRequestBytes(), config.hosts());
        try (var chain = new Chain(folder, CLOCK, small)) {
            var made = chain.make(List.of(signer.transfer(0, TO, 1), signer.transfer(1, TO, 1)));
            assertEquals(1, made.block().orElseThrow().transactions().size());
            assertEquals(1, made.left().size());
        }
    }

    // Fees go from the sender to the validator, nothing else changes: wei are neither made nor lost.
    @Test
    void weiAreConserved() throws IOException {
        try (var chain = open()) {
            var priced = Transaction.decode(signer.sign(0, TO, BigInteger.valueOf(1000), "0x", 50_000, BigInteger.valueOf(7)), config.chainId());
            chain.publish(chain.make(List.of(priced)).block().orElseThrow());
            BigInteger sum = chain.states.at(chain.head().header().stateRoot(), (StateDB state) -> state.getBalance(TO).add(state.getBalance(signer.address())).add(state.getBalance(chain.validator.address())));
            assertEquals(BigInteger.TEN.pow(20), sum);
            assertEquals(BigInteger.valueOf(7 * 21_000), chain.states.at(chain.head().header().stateRoot(), state -> state.getBalance(chain.validator.address())));
        }
    }
}
