package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.horizen.evm.Address;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolTest {
    private static final Address TO = new Address("0x3535353535353535353535353535353535353535");
    private final Signer signer = new Signer(1, NodeConfig.DEFAULT_CHAIN_ID);
    @TempDir
    Path folder;
    private Chain chain;
    private Pool pool;

    @BeforeEach
    void open() throws Exception {
        chain = new Chain(folder, Clock.systemUTC(), NodeConfig.local().withAllocation(Map.of(signer.address(), BigInteger.TEN.pow(20))));
        pool = new Pool(chain);
    }

    @AfterEach
    void close() throws Exception {
        chain.close();
    }

    private List<Long> makeBlock() throws Exception {
        var made = chain.make(pool.take());
        pool.settle(made);
        return made.block().map(b -> b.transactions().stream().map(Transaction::nonce).toList()).orElse(List.of());
    }

    private String refusal(Transaction t) {
        return assertThrows(RpcException.class, () -> pool.add(t)).getMessage();
    }

    @Test
    void whatFollowsAGapWaitsForIt() throws Exception {
        pool.add(signer.transfer(2, TO, 1));
        pool.add(signer.transfer(0, TO, 1));
        assertEquals(List.of(1, 1), List.of(pool.pending(), pool.queued()));
        assertEquals(Optional.of(1L), pool.nextNonce(signer.address()));
        assertEquals(List.of(0L), makeBlock());
        assertEquals(Optional.empty(), pool.nextNonce(signer.address()));
        pool.add(signer.transfer(1, TO, 1));
        assertEquals(Optional.of(3L), pool.nextNonce(signer.address()));
        assertEquals(List.of(1L, 2L), makeBlock());
        assertEquals(List.of(0, 0), List.of(pool.pending(), pool.queued()));
    }

    @Test
    void refusesInTheWordsOfGoEthereum() throws Exception {
        pool.add(signer.transfer(0, TO, 1));
        assertEquals("already known", refusal(signer.transfer(0, TO, 1)));
        assertEquals("replacement transaction underpriced", refusal(signer.transfer(0, TO, 2)));
        makeBlock();
        assertEquals("nonce too low: next nonce 1, tx nonce 0", refusal(signer.transfer(0, TO, 1)));
        assertEquals("insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1", refusal(new Signer(9, NodeConfig.DEFAULT_CHAIN_ID).transfer(0, TO, 1)));
        assertEquals("intrinsic gas too low: have 20999, want 21000", refusal(Transaction.decode(signer.sign(1, TO, 0, "0x", 20_999), NodeConfig.DEFAULT_CHAIN_ID)));
        assertEquals("exceeds block gas limit", refusal(Transaction.decode(signer.sign(1, TO, 0, "0x", NodeConfig.DEFAULT_GAS_LIMIT + 1), NodeConfig.DEFAULT_CHAIN_ID)));
    }

    // While a block is being made, its transactions count: the next nonce goes on, and nothing is taken twice.
    @Test
    void whatIsBeingMadeIntoABlockStillCounts() throws Exception {
        pool.add(signer.transfer(0, TO, 1));
        var taken = pool.take();
        assertEquals("already known", refusal(signer.transfer(0, TO, 1)));
        assertEquals(Optional.of(1L), pool.nextNonce(signer.address()));
        pool.add(signer.transfer(1, TO, 1));
        pool.settle(chain.make(taken));
        assertEquals(Optional.of(2L), pool.nextNonce(signer.address()));
        assertEquals(List.of(1L), makeBlock());
    }

    @Test
    void aSenderMayNotFillItWithGaps() {
        for (long nonce = 1; nonce <= 64; nonce++) pool.add(signer.transfer(nonce, TO, 1));
        assertEquals("txpool is full", refusal(signer.transfer(65, TO, 1)));
        pool.add(signer.transfer(0, TO, 1));
        assertEquals(65, pool.pending());
    }

    @Test
    void allArriveFromManyThreadsInTheOrderOfTheirNonces() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var own = new Signer(50 + i, NodeConfig.DEFAULT_CHAIN_ID);
            threads.add(new Thread(() -> {
                for (long nonce = 0; nonce < 50; nonce++) pool.add(own.transfer(nonce, TO, 0));
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
        assertEquals(400, makeBlock().size());
        assertEquals(400, pool.arrivals.count());
    }

    @Test
    void oneAloneIsToldWhenItsBlockIsThere() throws Exception {
        pool.awaitBlock(Duration.ofSeconds(10)); // nothing waits
        pool.add(signer.transfer(0, TO, 1));
        var taken = pool.take();
        var told = new Thread(() -> pool.awaitBlock(Duration.ofSeconds(10)));
        told.start();
        told.join(20);
        assertTrue(told.isAlive());
        pool.settle(chain.make(taken));
        told.join(5_000);
        assertEquals(Thread.State.TERMINATED, told.getState());
        pool.add(signer.transfer(5, TO, 1)); // after a gap: not waited for
        pool.awaitBlock(Duration.ofSeconds(10));
        assertEquals(1, pool.queued());
    }

    @Test
    void manyAreNotHeldUp() {
        pool.add(signer.transfer(0, TO, 1));
        pool.add(signer.transfer(1, TO, 1));
        pool.awaitBlock(Duration.ofDays(1)); // comes back though no block is made
        assertEquals(2, pool.pending());
    }

    @Test
    void saysWhenItIsClosedOrFailed() throws Exception {
        pool.fail("no space left on device");
        assertEquals("no space left on device", refusal(signer.transfer(0, TO, 1)));
        pool.close();
        assertTrue(pool.take().isEmpty());
    }
}
