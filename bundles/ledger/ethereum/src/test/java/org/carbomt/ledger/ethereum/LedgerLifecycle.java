package org.carbomt.ledger.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.EffectState.Status;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The life of credits on a node, the same on every kind of node. */
abstract class LedgerLifecycle {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Instant MARCH = Instant.parse("2020-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2020-04-01T00:00:00Z");
    private RelationalStore store;
    private EthereumLedger ledger;
    private volatile Optional<EthereumLedger.Endpoint> endpoint;
    private final AtomicInteger absent = new AtomicInteger();

    abstract URI rpc();

    /** Seals nothing: the vault has its own tests. */
    private static final Vault PLAIN = new Vault() {
        @Override
        public byte[] seal(byte[] secret, String context) {
            return secret.clone();
        }

        @Override
        public byte[] open(byte[] sealed, String context) {
            return sealed.clone();
        }
    };

    @BeforeEach
    void open(TestInfo info) {
        store = RelationalStore.forTest(getClass().getSimpleName() + "-" + info.getTestMethod().orElseThrow().getName());
        endpoint = Optional.of(new EthereumLedger.Endpoint(rpc(), Optional.empty()));
        ledger = ledger();
    }

    private EthereumLedger ledger() {
        return new EthereumLedger(store.open("org.carbomt.ledger.ethereum", getClass().getClassLoader(), "db/ledger_ethereum.xml"), PLAIN, this::endpoint, Optional::empty, Clock.systemUTC(), new SecureRandom(), BigInteger.ZERO, Duration.ofSeconds(10));
    }

    private Optional<EthereumLedger.Endpoint> endpoint() {
        if (endpoint.isEmpty()) absent.incrementAndGet();
        return endpoint;
    }

    @AfterEach
    void close() {
        ledger.close();
        store.close();
    }

    private EffectState done(Effect effect) {
        ledger.request(effect);
        var state = ledger.await(effect.businessKey(), SOON);
        assertEquals(Status.DONE, state.status(), state.reason());
        return state;
    }

    private EffectState refused(Effect effect) {
        ledger.request(effect);
        var state = ledger.await(effect.businessKey(), SOON);
        assertEquals(Status.REFUSED, state.status());
        return state;
    }

    private Effect.Issue issue(String key, Hash evidence, Instant from, Instant to, long tonnes) {
        return new Effect.Issue(key, "plant", "C01-001", "unit-1", from, to, tonnes, evidence, Hash.sha256());
    }

    private long issued(String key, long tonnes) {
        ledger.openAccount("plant", "Plant");
        var root = Hash.sha256(key.getBytes());
        done(new Effect.Anchor("anchor/" + key, root, 744, "bafk"));
        return Long.parseLong(done(issue("issue/" + key, root, MARCH, APRIL, tonnes)).result().get("tokenId"));
    }

    @Test
    void aCreditIsIssuedSoldTransferredAndRetired() {
        long token = issued("march", 100);
        ledger.openAccount("buyer", "Buyer");
        ledger.openAccount("third", "Third");
        assertEquals(100, ledger.credits("plant", token));
        done(new Effect.Deposit("deposit/1", "buyer", 500_00));
        assertEquals(500_00, ledger.cash("buyer"));
        done(new Effect.Settle("settle/1", "plant", "buyer", token, 40, 400_00));
        assertEquals(List.of(60L, 40L, 100_00L, 400_00L), List.of(ledger.credits("plant", token), ledger.credits("buyer", token), ledger.cash("buyer"), ledger.cash("plant")));
        done(new Effect.Transfer("transfer/1", "buyer", "third", token, 10));
        var retired = done(new Effect.Retire("retire/1", "third", token, 4, "Ms. O'Neil <x>", "flight"));
        assertEquals("1", retired.result().get("serialFirst"));
        assertEquals("4", retired.result().get("serialLast"));
        var supply = ledger.supply(token);
        assertEquals(List.of(100L, 4L), List.of(supply.issued(), supply.retired()));
        var names = ledger.events(Optional.of(token), 0).stream().map(e -> e.name()).filter(n -> !n.equals("SerialsMoved")).toList();
        assertEquals(List.of("CreditsIssued", "SaleSettled", "CreditsTransferred", "CreditsRetired"), names);
    }

    @Test
    void theSameKeyHasOneEffectAndAnotherContentIsAConflict() {
        long token = issued("march", 100);
        for (int i = 0; i < 20; i++) ledger.request(new Effect.Retire("retire/1", "plant", token, 5, "b", ""));
        ledger.await("retire/1", SOON);
        assertEquals(95, ledger.credits("plant", token));
        assertThrows(CarboException.Conflict.class, () -> ledger.request(new Effect.Retire("retire/1", "plant", token, 6, "b", "")));
    }

    @Test
    void aPeriodClaimedBeforeIsRefusedByName() {
        issued("march", 100);
        var other = Hash.sha256(new byte[] {9});
        done(new Effect.Anchor("anchor/other", other, 744, ""));
        assertEquals("PeriodClaimed: sourceId = unit-1, hour = 2020-03-31T23:00:00Z", refused(issue("issue/other", other, APRIL.minusSeconds(3600), APRIL.plusSeconds(3600), 5)).reason());
        assertTrue(refused(issue("issue/nothing", Hash.sha256(new byte[] {8}), APRIL, APRIL.plusSeconds(3600), 5)).reason().startsWith("EvidenceNotAnchored"));
    }

    @Test
    void aSaleWithoutCashMovesNothing() {
        long token = issued("march", 100);
        ledger.openAccount("buyer", "Buyer");
        assertTrue(refused(new Effect.Settle("settle/1", "plant", "buyer", token, 40, 1)).reason().startsWith("ERC20InsufficientBalance"));
        assertEquals(100, ledger.credits("plant", token));
    }

    @Test
    void effectsAskedForWhileTheNodeIsAwayHappenWhenItIsBack() throws Exception {
        long token = issued("march", 100);
        endpoint = Optional.empty();
        ledger.request(new Effect.Retire("retire/1", "plant", token, 5, "b", ""));
        int before = absent.get();
        for (long end = System.nanoTime() + SOON.toNanos(); absent.get() < before + 2;) { // the ledger has looked for a node in vain, and again
            assertTrue(System.nanoTime() < end);
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(Status.REQUESTED, ledger.find("retire/1").orElseThrow().status());
        assertThrows(CarboException.Unavailable.class, () -> ledger.credits("plant", token));
        ledger.close();
        endpoint = Optional.of(new EthereumLedger.Endpoint(rpc(), Optional.empty()));
        ledger = ledger();
        assertEquals(Status.DONE, ledger.await("retire/1", SOON).status());
        assertEquals(95, ledger.credits("plant", token));
    }

    // TRUST.md C5, small: one tonne, asked for by eight at once, again and again while it is on its way, and after a restart of the ledger.
    @Test
    void whatEightThreadsAskForAThousandTimesHappensOnce() throws Exception {
        long token = issued("march", 100);
        var retire = new Effect.Retire("retire/race", "plant", token, 1, "b", "");
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 8; t++) {
            var thread = new Thread(() -> {
                for (int i = 0; i < 125; i++) ledger.request(retire);
            });
            thread.setUncaughtExceptionHandler((of, e) -> failures.add(e));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (var thread : threads) thread.join();
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(Status.DONE, ledger.await("retire/race", SOON).status());
        ledger.close();
        ledger = ledger();
        ledger.request(retire);
        assertEquals(Status.DONE, ledger.await("retire/race", SOON).status());
        assertEquals(99, ledger.credits("plant", token));
        assertEquals(1, ledger.events(Optional.of(token), 0).stream().filter(e -> e.name().equals("CreditsRetired")).count());
    }

    @Test
    void manyEffectsAtOnceAllHappenOnce() {
        long token = issued("march", 1000);
        for (int i = 0; i < 100; i++) ledger.request(new Effect.Retire("retire/" + i, "plant", token, 3, "b", ""));
        for (int i = 0; i < 100; i++) assertEquals(Status.DONE, ledger.await("retire/" + i, SOON).status());
        assertEquals(700, ledger.credits("plant", token));
        assertEquals(300, ledger.supply(token).retired());
    }

    @Test
    void aReceiptIsProvedUpToItsBlock() {
        long token = issued("march", 1000);
        for (int i = 0; i < 20; i++) ledger.request(new Effect.Retire("retire/" + i, "plant", token, 1, "b", ""));
        for (int i = 0; i < 20; i++) {
            var state = ledger.await("retire/" + i, SOON);
            var proof = ledger.receiptProof(state.transaction().orElseThrow());
            assertTrue(proof.nodes().get(proof.nodes().size() - 1).contains(proof.receipt().substring(2)));
        }
    }
}
