package org.carbomt.ledger.ethereum;

import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Uint256;

/** The ledger: accounts, the outbox and its sender, and what the chain says. Works without a node, too: what is asked for then waits. */
final class EthereumLedger implements Ledger, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EthereumLedger.class);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 20;
    private static final long IDLE_MILLIS = 500;
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

    /** Where the node is. @param validator who signs its blocks, empty when not known */
    record Endpoint(URI rpc, Optional<String> validator) {}

    private final Database database;
    private final Clock clock;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Sender sender;
    private final Supplier<Optional<Endpoint>> endpoint;
    private final Supplier<Optional<LiveEvents>> events;
    private final Duration timeout;
    private final Thread worker = new Thread(this::work, "carbomt-ledger");
    private final Object changes = new Object();
    private volatile boolean closed;
    private final LedgerFigures figures;
    private boolean asked;
    private URI uri;
    private Node node;
    /** The same with little patience, for figures and health. */
    private Node probe;

    /** @param gasPriceWei 0 where gas is free */
    EthereumLedger(Database database, Vault vault, Supplier<Optional<Endpoint>> endpoint, Supplier<Optional<LiveEvents>> events, Clock clock, SecureRandom random, BigInteger gasPriceWei, Duration timeout) {
        this.database = database;
        this.clock = clock;
        this.endpoint = endpoint;
        this.events = events;
        this.timeout = timeout;
        this.figures = new LedgerFigures(database, this::probe, clock);
        this.accounts = new Accounts(database, vault, random);
        database.transact(c -> accounts.add(c, Outbox.REGISTRY, "the registry's own key", clock.instant()));
        this.contracts = new Contracts(accounts.find(Outbox.REGISTRY).orElseThrow().address());
        this.sender = new Sender(database, accounts, contracts, clock, gasPriceWei);
        database.<Void>transact(c -> {
            for (var name : Contracts.FILES.keySet()) Outbox.add(c, "deploy/" + name, contracts.creation(name), clock.instant());
            for (var name : Contracts.ROLES.keySet()) Outbox.add(c, "grant/" + name, contracts.grant(name), clock.instant());
            return null;
        });
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            worker.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    LedgerFigures figures() {
        return figures;
    }

    // ---- the worker

    private void work() {
        boolean reachable = true;
        while (!closed) {
            try {
                var changed = sender.work(node());
                if (!reachable) LOG.info("the Ethereum node is back");
                reachable = true;
                if (!changed.isEmpty()) changed(changed);
                pause(changed.isEmpty() ? database.read(c -> Outbox.open(c, 1)).isEmpty() ? IDLE_MILLIS : PAUSE_MILLIS : 0);
            } catch (CarboException.Unavailable e) {
                if (reachable) LOG.warn("the ledger waits: {}", e.problem().sentence());
                reachable = false;
                pause(PAUSE_AFTER_FAILURE_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("the ledger's sender failed; it goes on in a second", e);
                pause(PAUSE_AFTER_FAILURE_MILLIS);
            }
        }
    }

    private void changed(List<String> keys) {
        synchronized (changes) {
            changes.notifyAll();
        }
        for (var key : keys) find(key).ifPresent(s -> {
            figures.count(s.status());
            events.get().ifPresent(e -> e.publish(new LiveEvent("effect", key, s.updatedAt(), Map.of("kind", s.kind(), "status", s.status().name(), "reason", s.reason()))));
        });
    }

    private void pause(long millis) {
        if (millis == 0) return;
        synchronized (changes) {
            if (asked || closed) {
                asked = false;
                return;
            }
            try {
                changes.wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closed = true;
            }
            asked = false;
        }
    }

    private void wake() {
        synchronized (changes) {
            asked = true;
            changes.notifyAll();
        }
    }

    private synchronized Node probe() {
        node();
        return probe;
    }

    private synchronized Node node() {
        var found = endpoint.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", "chain", "an embedded node, or rpcUrl of another in etc/org.carbomt.ledger.ethereum.cfg")));
        if (!found.rpc.equals(uri)) {
            uri = found.rpc;
            node = new Node(uri, timeout);
            probe = new Node(uri, PROBE);
        }
        return node;
    }

    // ---- effects

    @Override
    public EffectState request(Effect effect) {
        var key = effect.businessKey();
        if (key.isBlank() || key.length() > 200) throw new CarboException.Invalid(new Problem("effect.invalid", "businessKey", key, "1 to 200 characters"));
        var call = contracts.call(effect, this::address);
        if (!call.sender().equals(Outbox.REGISTRY)) address(call.sender());
        var row = database.transact(c -> Outbox.add(c, key, call, clock.instant()));
        if (row.status() == EffectState.Status.REQUESTED) wake();
        return row.state();
    }

    private String address(String account) {
        return accounts.find(account).orElseThrow(() -> new CarboException.NotFound("account", account)).address();
    }

    @Override
    public EffectState await(String businessKey, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            var state = find(businessKey).orElseThrow(() -> new CarboException.NotFound("effect", businessKey));
            if (state.status() == EffectState.Status.DONE || state.status() == EffectState.Status.REFUSED) return state;
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new CarboException.Unavailable(new Problem("effect.pending", "businessKey", businessKey + " is " + state.status(), "a little more time; the effect goes on"));
            synchronized (changes) {
                try {
                    changes.wait(Math.min(left, 50));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CarboException.Unavailable(new Problem("effect.pending", "businessKey", businessKey, "not to be interrupted"), e);
                }
            }
        }
    }

    @Override
    public Optional<EffectState> find(String businessKey) {
        return database.read(c -> Outbox.find(c, businessKey)).map(Outbox.Row::state);
    }

    @Override
    public List<EffectState> effects(Optional<EffectState.Status> status, int limit) {
        return database.read(c -> Outbox.newest(c, status, limit)).stream().map(Outbox.Row::state).toList();
    }

    // ---- accounts

    @Override
    public Account openAccount(String id, String holder) {
        if (!id.matches("[a-z0-9][a-z0-9.-]{0,62}") || id.equals(Outbox.REGISTRY)) throw new CarboException.Invalid(new Problem("account.invalid", "id", id, "lower-case letters, digits, dots and hyphens, at most 63, and not '" + Outbox.REGISTRY + "'"));
        if (holder == null || holder.isBlank() || holder.length() > 200) throw new CarboException.Invalid(new Problem("account.invalid", "holder", holder, "1 to 200 characters"));
        database.<Void>transact(c -> {
            if (!accounts.add(c, id, holder, clock.instant())) return null;
            for (var approval : contracts.approvals(id)) Outbox.add(c, "approve/" + id + "/" + approval.contract().orElseThrow(), approval, clock.instant());
            return null;
        });
        wake();
        return accounts.find(id).orElseThrow();
    }

    @Override
    public Optional<Account> account(String id) {
        return id.equals(Outbox.REGISTRY) ? Optional.empty() : accounts.find(id);
    }

    @Override
    public List<Account> accounts() {
        return accounts.all().stream().filter(a -> !a.id().equals(Outbox.REGISTRY)).toList();
    }

    // ---- what the chain says

    @Override
    public long credits(String accountId, long tokenId) {
        return read("credits", Contracts.encode("balanceOf", new Address(address(accountId)), new Uint256(tokenId)), 1)[0];
    }

    @Override
    public long cash(String accountId) {
        return read("cash", Contracts.encode("balanceOf", new Address(address(accountId))), 1)[0];
    }

    @Override
    public Supply supply(long tokenId) {
        var both = read("credits", Contracts.encode("supply", new Uint256(tokenId)), 2);
        return new Supply(both[0], both[1]);
    }

    private long[] read(String contract, String data, int words) {
        try {
            var hex = node().call(contracts.addresses().get(contract), data);
            if (hex.length() < 2 + 64 * words) throw new CarboException.Unavailable(new Problem("ledger.not-ready", "contract", contract, "a moment until the contracts are on chain"));
            var values = new long[words];
            for (int i = 0; i < words; i++) values[i] = new BigInteger(hex.substring(2 + 64 * i, 66 + 64 * i), 16).longValueExact();
            return values;
        } catch (Node.Refused e) {
            throw new CarboException.Unavailable(new Problem("ledger.refused", "contract", contract + ": " + contracts.reason(e.getMessage(), e.data), "a call the contract answers"), e);
        }
    }

    @Override
    public List<ChainEvent> events(Optional<Long> tokenId, long fromBlock) {
        return Sender.events(node(), contracts, tokenId, fromBlock);
    }

    @Override
    public ReceiptProof receiptProof(String transaction) {
        return ReceiptTrie.proof(node(), transaction);
    }

    @Override
    public Network network() {
        return new Network(node().chainId(), endpoint.get().flatMap(Endpoint::validator).orElse(""), contracts.addresses());
    }
}
