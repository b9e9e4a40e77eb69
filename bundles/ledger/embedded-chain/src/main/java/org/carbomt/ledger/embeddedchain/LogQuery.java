package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs are wanted: of any of the addresses (none: of all), and at each place one of the topics (none: any). The blooms of the blocks tell
 * where to look.
 *
 * @param blockHash the only block looked at; empty: from to to
 * @param from number of the first block; empty: latest
 * @param to number of the last block, may lie beyond the head; empty: latest
 */
record LogQuery(Optional<Hash> blockHash, Optional<Long> from, Optional<Long> to, Set<Address> addresses, List<Set<Hash>> topics, List<List<Bloom.Probe>> probes) {
    /** Most logs in one answer, most blocks looked at for it. */
    static final int MAX_LOGS = 50_000;
    static final int MAX_BLOCKS = 1_000_000;

    private static final int MAX_ALTERNATIVES = 1000;
    private static final int MAX_TOPICS = 4;

    static LogQuery of(Chain chain, Field filter) {
        if (!filter.given()) throw filter.missing();
        var hash = filter.member("blockHash").optional(Field::hash);
        Field from = filter.member("fromBlock");
        Field to = filter.member("toBlock");
        if (hash.isPresent() && (from.given() || to.given())) throw new RpcException(RpcException.INVALID_PARAMS, "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other");
        Set<Address> addresses = new HashSet<>(alternatives(filter.member("address")).stream().map(Field::address).toList());
        List<Set<Hash>> topics = new ArrayList<>();
        filter.member("topics").optional(Field::elements).orElse(List.of()).forEach(place -> topics.add(topics(place)));
        if (topics.size() > MAX_TOPICS) throw new RpcException(RpcException.INVALID_PARAMS, "exceed max topics: " + topics.size() + ", a log has at most " + MAX_TOPICS);
        List<List<Bloom.Probe>> probes = new ArrayList<>();
        if (!addresses.isEmpty()) probes.add(addresses.stream().map(a -> new Bloom.Probe(a.toBytes())).toList());
        topics.stream().filter(place -> !place.isEmpty()).forEach(place -> probes.add(place.stream().map(t -> new Bloom.Probe(t.toBytes())).toList()));
        return new LogQuery(hash, from.optional(f -> f).map(f -> BlockReference.number(chain, f)), to.optional(f -> f).map(f -> openEnd(f) ? Long.MAX_VALUE : BlockReference.number(chain, f)), addresses, topics, probes);
    }

    /** Where a filter ends at latest, it goes on with the chain. */
    private static boolean openEnd(Field to) {
        return Set.of("latest", "pending", "safe", "finalized").contains(to.text());
    }

    private static Set<Hash> topics(Field place) {
        var alternatives = alternatives(place);
        // An alternative that is null allows anything at this place.
        if (alternatives.stream().anyMatch(f -> !f.given())) return Set.of();
        return new HashSet<>(alternatives.stream().map(Field::hash).toList());
    }

    private static List<Field> alternatives(Field field) {
        if (!field.given()) return List.of();
        if (!field.value().isArray()) return List.of(field);
        var elements = field.elements();
        if (elements.size() > MAX_ALTERNATIVES) throw new RpcException(RpcException.INVALID_PARAMS, "invalid " + field.name() + ": " + elements.size() + " alternatives, at most " + MAX_ALTERNATIVES);
        return elements;
    }

    /** The logs up to now, oldest first. @throws RpcException when there are more than one answer may hold */
    List<Map<String, Object>> find(Chain chain) {
        List<Map<String, Object>> found = new ArrayList<>();
        if (blockHash.isPresent()) {
            collect(chain.block(blockHash.get()).orElseThrow(() -> new RpcException(RpcException.SERVER, "unknown block")), found);
            return found;
        }
        long head = chain.head().number();
        long first = from.orElse(head);
        if (first > to.orElse(Long.MAX_VALUE)) throw new RpcException(RpcException.INVALID_PARAMS, "invalid block range params: fromBlock " + first + " is after toBlock " + to.orElseThrow());
        return between(chain, first, Math.min(to.orElse(head), head));
    }

    /** Of these blocks, both included. */
    List<Map<String, Object>> between(Chain chain, long first, long last) {
        if (last - first >= MAX_BLOCKS) throw new RpcException(RpcException.LIMIT, "block range " + first + " to " + last + " is larger than " + MAX_BLOCKS + " blocks: ask for it in parts");
        List<Map<String, Object>> found = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            if (!mayBeIn(chain.bloom((int) number))) continue;
            collect(chain.block(number).orElseThrow(), found);
            if (found.size() > MAX_LOGS) throw new RpcException(RpcException.LIMIT, "query returned more than " + MAX_LOGS + " results between blocks " + first + " and " + number + " of " + last + ": ask for it in parts");
        }
        return found;
    }

    private void collect(Block block, List<Map<String, Object>> found) {
        int index = 0;
        for (int t = 0; t < block.receipts().size(); t++) {
            for (Log log : block.receipts().get(t).logs()) {
                if (matches(log)) found.add(JsonForms.log(block, t, log, index));
                index++;
            }
        }
    }

    private boolean mayBeIn(byte[] bloom) {
        return probes.stream().allMatch(alternatives -> alternatives.stream().anyMatch(probe -> probe.mayBeIn(bloom)));
    }

    private boolean matches(Log log) {
        if (!addresses.isEmpty() && !addresses.contains(log.address())) return false;
        if (topics.size() > log.topics().size()) return false;
        for (int i = 0; i < topics.size(); i++) if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) return false;
        return true;
    }
}
