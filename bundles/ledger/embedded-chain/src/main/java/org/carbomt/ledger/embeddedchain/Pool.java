package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Transactions that wait for a block, by nonce of each sender; the price plays no part. What follows a gap waits until the gap is filled. Thread safe.
 */
final class Pool {
    static final int MAX_READY = 20_000;
    static final int MAX_WAITING = 4_096;
    private static final int MAX_WAITING_OF_SENDER = 64;
    private static final int MAX_ACCOUNTS = 10_000;

    final Arrivals arrivals = new Arrivals();
    private final Chain chain;
    private record Account(long nonce, BigInteger balance) {}

    /** Senders as the newest block left them, a cache. */
    private final Map<Address, Account> accounts = new HashMap<>();
    private final Map<Hash, Transaction> known = new HashMap<>();
    private final Map<Hash, Transaction> ready = new LinkedHashMap<>();
    /** Next nonce of a sender that has something ready or in the block being made. */
    private final Map<Address, Long> next = new HashMap<>();
    private final Map<Address, TreeMap<Long, Transaction>> waiting = new HashMap<>();
    private int waitingCount;
    /** How often transactions were taken for a block, and how often that was settled. */
    private long taken;
    private long settled;
    private String failure;
    private boolean closed;

    Pool(Chain chain) {
        this.chain = chain;
    }

    /** @throws RpcException in go-ethereum's words when it is refused */
    void add(Transaction t) {
        if (t.gas() > chain.config.blockGasLimit()) throw refused("exceeds block gas limit");
        if (t.maxPriorityFee().compareTo(t.maxFee()) > 0) throw refused("max priority fee per gas higher than max fee per gas: address " + t.sender() + ", maxPriorityFeePerGas: " + t.maxPriorityFee() + ", maxFeePerGas: " + t.maxFee());
        Execution.requireGas(Execution.Message.of(t));
        synchronized (this) {
            if (failure != null) throw refused(failure);
            if (closed) throw refused("node is stopped");
            if (known.containsKey(t.hash())) throw refused("already known");
            if (accounts.size() >= MAX_ACCOUNTS) accounts.clear();
            Account account = accounts.computeIfAbsent(t.sender(), this::account);
            if (t.nonce() < account.nonce()) throw refused("nonce too low: next nonce " + account.nonce() + ", tx nonce " + t.nonce());
            Chain.reasonOfFunds(t, account.balance()).ifPresent(reason -> {
                throw refused(reason);
            });
            long expected = next.getOrDefault(t.sender(), account.nonce());
            if (t.nonce() < expected) throw refused("replacement transaction underpriced");
            if (t.nonce() == expected) makeReady(t);
            else keepWaiting(t);
            known.put(t.hash(), t);
            arrivals.add(t.hash());
            notifyAll();
        }
    }

    private Account account(Address sender) {
        return chain.states.at(chain.head().header().stateRoot(), state -> new Account(state.getNonce(sender).longValueExact(), state.getBalance(sender)));
    }

    private void makeReady(Transaction t) {
        if (ready.size() >= MAX_READY) throw refused("txpool is full");
        ready.put(t.hash(), t);
        next.put(t.sender(), t.nonce() + 1);
        var queue = waiting.get(t.sender());
        while (queue != null && !queue.isEmpty() && queue.firstKey() == next.get(t.sender()).longValue()) {
            Transaction follower = queue.pollFirstEntry().getValue();
            waitingCount--;
            ready.put(follower.hash(), follower);
            next.put(t.sender(), follower.nonce() + 1);
        }
        if (queue != null && queue.isEmpty()) waiting.remove(t.sender());
    }

    private void keepWaiting(Transaction t) {
        var queue = waiting.computeIfAbsent(t.sender(), s -> new TreeMap<>());
        if (queue.containsKey(t.nonce())) throw refused("replacement transaction underpriced");
        if (waitingCount >= MAX_WAITING || queue.size() >= MAX_WAITING_OF_SENDER) {
            if (queue.isEmpty()) waiting.remove(t.sender());
            throw refused("txpool is full");
        }
        queue.put(t.nonce(), t);
        waitingCount++;
    }

    /** Waits until the only transaction underway is settled. Where there are more, clients are many or send much, and better not held up. */
    synchronized void awaitBlock(Duration atMost) {
        if (pending() > 1) return;
        long wanted = ready.isEmpty() ? taken : taken + 1;
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (settled < wanted && failure == null && !closed) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) return;
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for transactions and takes all that are ready; they stay known until {@link #settle}. Empty once closed. */
    synchronized List<Transaction> take() throws InterruptedException {
        while (ready.isEmpty() && !closed) wait();
        if (closed) return List.of();
        var all = List.copyOf(ready.values());
        ready.clear();
        taken++;
        return all;
    }

    /** Shows the block and forgets what is settled, in one step for whoever asks for nonces; what found no gas goes to the front again. */
    synchronized void settle(Chain.Made made) {
        made.block().ifPresent(block -> {
            chain.publish(block);
            accounts.clear();
            block.transactions().forEach(t -> known.remove(t.hash()));
        });
        made.refused().keySet().forEach(t -> known.remove(t.hash()));
        var later = new ArrayList<>(ready.values());
        ready.clear();
        made.left().forEach(t -> ready.put(t.hash(), t));
        later.forEach(t -> ready.put(t.hash(), t));
        next.clear();
        ready.values().forEach(t -> next.merge(t.sender(), t.nonce() + 1, Math::max));
        settled++;
        notifyAll();
    }

    synchronized void fail(String reason) {
        failure = reason;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Optional<Transaction> find(Hash hash) {
        return Optional.ofNullable(known.get(hash));
    }

    synchronized Optional<Long> nextNonce(Address sender) {
        return Optional.ofNullable(next.get(sender));
    }

    /** Ready or in the block being made. */
    /** What is ready, by sender and nonce; what is in the block being made is among it. */
    synchronized Map<Address, TreeMap<Long, Transaction>> readyBySender() {
        var queued = new java.util.HashSet<Hash>();
        waiting.values().forEach(queue -> queue.values().forEach(t -> queued.add(t.hash())));
        return bySender(known.values().stream().filter(t -> !queued.contains(t.hash())).toList());
    }

    /** What waits for a nonce before it, by sender and nonce. */
    synchronized Map<Address, TreeMap<Long, Transaction>> waitingBySender() {
        return bySender(waiting.values().stream().flatMap(queue -> queue.values().stream()).toList());
    }

    private static Map<Address, TreeMap<Long, Transaction>> bySender(List<Transaction> transactions) {
        var all = new LinkedHashMap<Address, TreeMap<Long, Transaction>>();
        for (var t : transactions) all.computeIfAbsent(t.sender(), s -> new TreeMap<>()).put(t.nonce(), t);
        return all;
    }

    synchronized int pending() {
        return known.size() - waitingCount;
    }

    synchronized int queued() {
        return waitingCount;
    }

    private static RpcException refused(String reason) {
        return new RpcException(RpcException.SERVER, reason);
    }
}
