package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Hash;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Logs, and the filters that tell what is new. A filter nobody asks about for five minutes is forgotten. */
final class LogMethods implements MethodGroup {
    static final Duration EXPIRY = Duration.ofMinutes(5);
    static final int MAX_FILTERS = 1000;

    private enum Kind { LOGS, BLOCKS, TRANSACTIONS }

    /** @param seen last block told of, or number of transactions told of */
    private record Filter(Kind kind, Optional<LogQuery> query, long seen, Instant asked) {}

    private final Chain chain;
    private final Pool pool;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<BigInteger, Filter> filters = new HashMap<>();

    LogMethods(Chain chain, Pool pool, Clock clock) {
        this.chain = chain;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public void offer(Registry r) {
        r.add("eth_getLogs", 1, p -> LogQuery.of(chain, p.at(0)).find(chain));
        r.add("eth_newFilter", 1, this::logFilter);
        r.add("eth_newBlockFilter", 0, p -> open(Kind.BLOCKS, Optional.empty(), chain.head().number()));
        r.add("eth_newPendingTransactionFilter", 1, p -> open(Kind.TRANSACTIONS, Optional.empty(), pool.arrivals.count()));
        r.add("eth_uninstallFilter", 1, p -> close(p.at(0).quantity()));
        r.add("eth_getFilterChanges", 1, p -> changes(p.at(0).quantity()));
        r.add("eth_getFilterLogs", 1, p -> logs(p.at(0).quantity()));
    }

    private Object logFilter(Params p) {
        var query = LogQuery.of(chain, p.at(0));
        if (query.blockHash().isPresent()) throw p.at(0).wrong("must name a range, not blockHash");
        return open(Kind.LOGS, Optional.of(query), chain.head().number());
    }

    private synchronized String open(Kind kind, Optional<LogQuery> query, long seen) {
        forget();
        if (filters.size() >= MAX_FILTERS) throw new RpcException(RpcException.LIMIT, "too many filters: " + MAX_FILTERS + " are open, uninstall some");
        BigInteger id = new BigInteger(128, random); // not to be guessed by another client
        filters.put(id, new Filter(kind, query, seen, clock.instant()));
        return Hex.quantity(id);
    }

    private void forget() {
        Instant oldest = clock.instant().minus(EXPIRY);
        filters.values().removeIf(filter -> filter.asked().isBefore(oldest));
    }

    private synchronized boolean close(BigInteger id) {
        return filters.remove(id) != null;
    }

    private synchronized Filter filter(BigInteger id) {
        forget();
        var filter = filters.get(id);
        if (filter == null) throw new RpcException(RpcException.SERVER, "filter not found");
        return filter;
    }

    private synchronized Object changes(BigInteger id) {
        var filter = filter(id);
        long upTo = filter.kind() == Kind.TRANSACTIONS ? pool.arrivals.count() : chain.head().number();
        Object news = switch (filter.kind()) {
            case LOGS -> newLogs(filter, upTo);
            case BLOCKS -> newBlocks(filter.seen(), upTo);
            case TRANSACTIONS -> pool.arrivals.after(filter.seen()).stream().map(Hash::toString).toList();
        };
        filters.put(id, new Filter(filter.kind(), filter.query(), upTo, clock.instant()));
        return news;
    }

    private Object newLogs(Filter filter, long upTo) {
        var query = filter.query().orElseThrow();
        long first = Math.max(filter.seen() + 1, query.from().orElse(0L));
        return query.between(chain, first, Math.min(upTo, query.to().orElse(upTo)));
    }

    private List<String> newBlocks(long seen, long upTo) {
        List<String> hashes = new ArrayList<>();
        for (long number = seen + 1; number <= upTo; number++) hashes.add(chain.block(number).orElseThrow().hash().toString());
        return hashes;
    }

    private Object logs(BigInteger id) {
        var query = filter(id).query().orElseThrow(() -> new RpcException(RpcException.SERVER, "filter not found"));
        return query.find(chain);
    }
}
