package org.carbomt.ledger.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.ledger.EffectState.Status;
import org.carbomt.api.ledger.Ledger.ChainEvent;
import org.carbomt.api.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/**
 * Carries effects from the outbox to the chain; for one thread. A transaction is signed with the next nonce of its sender and stored before it is sent, and the
 * same bytes are sent again until they are in a block. What the contract would refuse is refused before a nonce is spent, unless something still on its way
 * may change that.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Set<String> SET_UP = Set.of("deploy", "grant");
    private static final Map<String, String> EVENT_OF_KIND = Map.of("issue", "CreditsIssued", "retire", "CreditsRetired");
    private static final int AT_ONCE = 256;
    private static final int MOST_ATTEMPTS = 3;
    private static final long RESEND_MILLIS = 5_000;

    private final Database database;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Clock clock;
    private final BigInteger gasPrice;
    private final Map<String, Long> sentAt = new HashMap<>();
    private final Map<String, Long> chainNonces = new HashMap<>();
    private long chainId = -1;

    Sender(Database database, Accounts accounts, Contracts contracts, Clock clock, BigInteger gasPrice) {
        this.database = database;
        this.accounts = accounts;
        this.contracts = contracts;
        this.clock = clock;
        this.gasPrice = gasPrice;
    }

    /** One look at the outbox. @return keys whose state changed */
    List<String> work(Node node) {
        checkChain(node);
        var changed = new ArrayList<String>();
        var open = database.read(c -> Outbox.open(c, AT_ONCE));
        // Calls to a contract that is not there yet would succeed and do nothing: set-up goes first, one by one.
        var setUp = open.stream().filter(r -> SET_UP.contains(r.kind())).findFirst();
        var rows = setUp.map(List::of).orElse(open);
        boolean onTheWay = false;
        for (var row : rows) {
            if (row.status() == Status.SENT) {
                if (traced(row, () -> settle(node, row))) {
                    changed.add(row.key());
                } else {
                    onTheWay = true;
                }
            }
        }
        for (var row : rows) {
            if (row.status() != Status.REQUESTED) continue;
            boolean others = onTheWay;
            boolean outcome = traced(row, () -> send(node, row, others));
            if (outcome) changed.add(row.key());
            onTheWay |= outcome;
        }
        return changed;
    }

    /** What is logged meanwhile bears the trace id of the call that asked for the effect. */
    private static boolean traced(Outbox.Row row, BooleanSupplier work) {
        row.trace().ifPresent(id -> MDC.put(Outbox.TRACE, id));
        try {
            return work.getAsBoolean();
        } finally {
            MDC.remove(Outbox.TRACE);
        }
    }

    private void checkChain(Node node) {
        if (chainId >= 0) return;
        long id = node.chainId();
        var genesis = node.genesis();
        var known = database.transact(c -> {
            try (var s = c.prepareStatement("select chain_id, genesis from ledger_ethereum_chain where id = 'chain'"); var r = s.executeQuery()) {
                if (r.next()) return r.getLong(1) + " " + r.getString(2);
            }
            try (var s = c.prepareStatement("insert into ledger_ethereum_chain (id, chain_id, genesis) values ('chain', ?, ?)")) {
                s.setLong(1, id);
                s.setString(2, genesis);
                s.executeUpdate();
            }
            return id + " " + genesis;
        });
        if (!known.equals(id + " " + genesis)) throw new CarboException.Unavailable(new Problem("ledger.other-chain", "chain", id + " " + genesis, "the chain the books were kept on, " + known));
        chainId = id;
    }

    /** @return whether it is in a block now */
    private boolean settle(Node node, Outbox.Row row) {
        var receipt = node.receipt(row.transaction().orElseThrow());
        if (receipt.isEmpty()) {
            resend(node, row);
            return false;
        }
        sentAt.remove(row.key());
        long block = Node.number(receipt.get().get("blockNumber")).longValueExact();
        if (Node.number(receipt.get().get("status")).signum() == 1) {
            done(row, row.transaction().get(), block, result(row, receipt.get()));
        } else if (row.attempts() + 1 < MOST_ATTEMPTS) {
            LOG.warn("effect {}: transaction {} failed in block {}, tried again", row.key(), row.transaction().get(), block);
            database.<Void>transact(c -> {
                Outbox.again(c, row.key(), clock.instant());
                return null;
            });
        } else {
            refuse(row, "its transaction failed in block " + block);
        }
        return true;
    }

    private Map<String, String> result(Outbox.Row row, JsonNode receipt) {
        var wanted = EVENT_OF_KIND.get(row.kind());
        if (wanted == null) return Map.of();
        for (var log : receipt.get("logs")) {
            var event = contracts.event(log);
            if (event.isPresent() && event.get().name().equals(wanted)) return result(event.get());
        }
        return Map.of();
    }

    private static Map<String, String> result(ChainEvent event) {
        var result = new LinkedHashMap<String, String>();
        for (var name : List.of("tokenId", "serialFirst", "serialLast")) {
            if (event.values().containsKey(name)) result.put(name, event.values().get(name));
        }
        return result;
    }

    private void resend(Node node, Outbox.Row row) {
        long now = clock.millis();
        var last = sentAt.get(row.key());
        if (last != null && now - last < RESEND_MILLIS) return;
        sentAt.put(row.key(), now);
        try {
            node.send(row.raw().orElseThrow());
        } catch (Node.Refused e) {
            LOG.debug("effect {} sent again: {}", row.key(), e.getMessage()); // known already, or mined meanwhile
        }
    }

    /** @return whether it is on its way now, or refused */
    private boolean send(Node node, Outbox.Row row, boolean onTheWay) {
        var sender = accounts.credentials(row.sender());
        var to = row.contract().map(contracts.addresses()::get);
        long gas;
        try {
            gas = node.estimateGas(sender.getAddress(), to, row.data());
        } catch (Node.Refused e) {
            if (contracts.keyUsed(e.data)) return happenedBefore(node, row);
            if (onTheWay) return false;
            refuse(row, contracts.reason(e.getMessage(), e.data));
            return true;
        }
        long nonce = Math.max(database.read(c -> Outbox.nextNonce(c, row.sender())), chainNonces.computeIfAbsent(sender.getAddress(), node::nonce));
        if (row.kind().equals("deploy") && nonce != List.copyOf(Contracts.FILES.keySet()).indexOf(row.key().substring("deploy/".length())) + row.attempts()) {
            throw new CarboException.Unavailable(new Problem("ledger.key-used", "nonce", Long.toString(nonce), "a registry key that has sent nothing before its contracts"));
        }
        var limit = BigInteger.valueOf(gas + gas / 5 + 20_000);
        var unsigned = RawTransaction.createTransaction(BigInteger.valueOf(nonce), gasPrice, limit, to.orElse(null), BigInteger.ZERO, row.data());
        var raw = Numeric.toHexString(TransactionEncoder.signMessage(unsigned, chainId, sender));
        var transaction = Hash.sha3(raw);
        database.<Void>transact(c -> {
            Outbox.signed(c, row.key(), nonce, raw, transaction, clock.instant());
            return null;
        });
        sentAt.put(row.key(), clock.millis());
        LOG.info("effect {} leaves as transaction {}", row.key(), transaction);
        try {
            node.send(raw);
        } catch (Node.Refused e) {
            LOG.warn("effect {}: the node did not take transaction {} yet: {}", row.key(), transaction, e.getMessage());
        }
        return true;
    }

    /** The chain knows the key: books older than the chain. Its event tells what happened. */
    private boolean happenedBefore(Node node, Outbox.Row row) {
        var key = Numeric.toHexString(Contracts.key(row.key()).getValue());
        var event = events(node, contracts, Optional.empty(), 0).stream().filter(e -> key.equalsIgnoreCase(e.values().get("key"))).findFirst();
        if (event.isPresent()) {
            done(row, event.get().transaction(), event.get().block(), EVENT_OF_KIND.containsKey(row.kind()) ? result(event.get()) : Map.of());
        } else {
            refuse(row, "the contract has used the key " + row.key() + " for something else");
        }
        return true;
    }

    private void done(Outbox.Row row, String transaction, long block, Map<String, String> result) {
        database.<Void>transact(c -> {
            Outbox.done(c, row.key(), transaction, block, result, clock.instant());
            return null;
        });
        LOG.info("effect {} is on chain: block {}, transaction {}", row.key(), block, transaction);
    }

    private void refuse(Outbox.Row row, String reason) {
        database.<Void>transact(c -> {
            Outbox.refused(c, row.key(), reason, clock.instant());
            return null;
        });
        LOG.warn("effect {} refused: {}", row.key(), reason);
    }

    /** Our contracts' events in the order of the chain. @param tokenId only those of this token */
    static List<ChainEvent> events(Node node, Contracts contracts, Optional<Long> tokenId, long fromBlock) {
        var list = new ArrayList<ChainEvent>();
        long head = node.blockNumber();
        if (fromBlock > head) return list;
        for (var log : logs(node, List.copyOf(contracts.addresses().values()), fromBlock, head)) {
            contracts.event(log).filter(e -> tokenId.isEmpty() || tokenId.get().toString().equals(e.values().get("tokenId"))).ifPresent(list::add);
        }
        return list;
    }

    /** Nodes limit blocks or logs of one answer, each in its own way: what is refused is asked for in halves. */
    private static List<JsonNode> logs(Node node, List<String> addresses, long from, long to) {
        try {
            var logs = new ArrayList<JsonNode>();
            node.ask("eth_getLogs", Map.of("fromBlock", "0x" + Long.toHexString(from), "toBlock", "0x" + Long.toHexString(to), "address", addresses)).forEach(logs::add);
            return logs;
        } catch (Node.Refused e) {
            if (from == to) throw new CarboException.Unavailable(new Problem("ledger.refused", "rpc", "eth_getLogs: " + e.getMessage(), "a node that gives the logs of one block"), e);
            long middle = from + (to - from) / 2;
            var logs = logs(node, addresses, from, middle);
            logs.addAll(logs(node, addresses, middle + 1, to));
            return logs;
        }
    }
}
