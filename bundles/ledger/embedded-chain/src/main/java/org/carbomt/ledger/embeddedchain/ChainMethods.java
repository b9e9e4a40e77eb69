package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What the node is, its blocks and transactions, and taking new ones. */
final class ChainMethods implements MethodGroup {
    private static final int MAX_FEE_HISTORY = 1024;
    private static final int MAX_PERCENTILES = 100;
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private final Chain chain;
    private final Pool pool;

    ChainMethods(Chain chain, Pool pool) {
        this.chain = chain;
        this.pool = pool;
    }

    @Override
    public void offer(Registry r) {
        node(r);
        blocks(r);
        transactions(r);
    }

    private void node(Registry r) {
        r.add("web3_clientVersion", 0, p -> "CarboMT/embedded-chain/libevm-1.1.0/java" + Runtime.version().feature());
        r.add("web3_sha3", 1, p -> Hex.data(Keccak256.hash(p.at(0).data())));
        r.add("net_version", 0, p -> Long.toString(chain.config.chainId()));
        r.add("net_listening", 0, p -> true);
        r.add("net_peerCount", 0, p -> "0x0");
        r.add("eth_protocolVersion", 0, p -> "0x44");
        r.add("eth_chainId", 0, p -> Hex.quantity(chain.config.chainId()));
        r.add("eth_syncing", 0, p -> false);
        r.add("eth_mining", 0, p -> true);
        r.add("eth_hashrate", 0, p -> "0x0");
        r.add("eth_coinbase", 0, p -> chain.validator.address().toString());
        r.add("eth_accounts", 0, p -> List.of());
        r.add("eth_gasPrice", 0, p -> "0x0");
        r.add("eth_maxPriorityFeePerGas", 0, p -> "0x0");
        r.add("eth_feeHistory", 3, this::feeHistory);
        r.add("txpool_content", 0, p -> Map.of("pending", content(pool.readyBySender()), "queued", content(pool.waitingBySender())));
        r.add("txpool_status", 0, p -> Map.of("pending", Hex.quantity(pool.pending()), "queued", Hex.quantity(pool.queued())));
    }

    /** As go-ethereum gives it: by sender, then by nonce in decimals. */
    private static Map<String, Map<String, Object>> content(Map<Address, TreeMap<Long, Transaction>> bySender) {
        var form = new LinkedHashMap<String, Map<String, Object>>();
        bySender.forEach((sender, queue) -> {
            var byNonce = new LinkedHashMap<String, Object>();
            queue.forEach((nonce, t) -> byNonce.put(Long.toString(nonce), JsonForms.pending(t)));
            form.put(sender.toString(), byNonce);
        });
        return form;
    }

    private void blocks(Registry r) {
        r.add("eth_blockNumber", 0, p -> Hex.quantity(chain.head().number()));
        r.add("eth_getBlockByNumber", 2, p -> byNumber(p).map(b -> JsonForms.block(b, p.at(1).flag())).orElse(null));
        r.add("eth_getBlockByHash", 2, p -> byHash(p).map(b -> JsonForms.block(b, p.at(1).flag())).orElse(null));
        r.add("eth_getBlockTransactionCountByNumber", 1, p -> byNumber(p).map(b -> Hex.quantity(b.transactions().size())).orElse(null));
        r.add("eth_getBlockTransactionCountByHash", 1, p -> byHash(p).map(b -> Hex.quantity(b.transactions().size())).orElse(null));
        r.add("eth_getUncleCountByBlockNumber", 1, p -> byNumber(p).map(b -> "0x0").orElse(null));
        r.add("eth_getUncleCountByBlockHash", 1, p -> byHash(p).map(b -> "0x0").orElse(null));
        r.add("eth_getUncleByBlockNumberAndIndex", 2, p -> null);
        r.add("eth_getUncleByBlockHashAndIndex", 2, p -> null);
        r.add("eth_getBlockReceipts", 1, this::blockReceipts);
    }

    private void transactions(Registry r) {
        r.add("eth_getTransactionByHash", 1, this::transaction);
        r.add("eth_getTransactionByBlockNumberAndIndex", 2, p -> byNumber(p).flatMap(b -> at(b, p.at(1))).orElse(null));
        r.add("eth_getTransactionByBlockHashAndIndex", 2, p -> byHash(p).flatMap(b -> at(b, p.at(1))).orElse(null));
        r.add("eth_getTransactionReceipt", 1, p -> chain.place(p.at(0).hash()).map(place -> JsonForms.receipt(chain.block(place.block()).orElseThrow(), place.index())).orElse(null));
        r.add("eth_getRawTransactionByHash", 1, p -> raw(p.at(0).hash()).map(Hex::data).orElse("0x"));
        // One alone is answered when it is in a block, if that takes no longer than a moment: most clients look for a receipt at once, and then
        // only after a while or when the next block comes.
        r.add("eth_sendRawTransaction", 1, this::send, () -> pool.awaitBlock(MOMENT));
    }

    private Optional<Block> byNumber(Params p) {
        if (!p.at(0).given()) throw p.at(0).missing();
        return BlockReference.byNumber(chain, p.at(0));
    }

    private Optional<Block> byHash(Params p) {
        return chain.block(p.at(0).hash());
    }

    private static Optional<Map<String, Object>> at(Block block, Field index) {
        long i = index.longQuantity();
        return i < block.transactions().size() ? Optional.of(JsonForms.transaction(block, (int) i)) : Optional.empty();
    }

    /** By number, tag, hash or EIP-1898 object, as clients differ. */
    private Object blockReceipts(Params p) {
        Field which = p.at(0);
        if (!which.given()) throw which.missing();
        boolean hash = which.value().isTextual() && which.value().textValue().length() == 66;
        var block = hash ? chain.block(which.hash()) : which.value().isObject() ? Optional.of(BlockReference.state(chain, which)) : BlockReference.byNumber(chain, which);
        return block.map(b -> IntStream.range(0, b.transactions().size()).mapToObj(i -> JsonForms.receipt(b, i)).toList()).orElse(null);
    }

    private Object transaction(Params p) {
        Hash hash = p.at(0).hash();
        var place = chain.place(hash);
        if (place.isEmpty()) {
            var waiting = pool.find(hash);
            if (waiting.isPresent()) return JsonForms.pending(waiting.get());
            place = chain.place(hash); // it may have got into a block between the two looks
        }
        return place.map(at -> JsonForms.transaction(chain.block(at.block()).orElseThrow(), at.index())).orElse(null);
    }

    private Optional<byte[]> raw(Hash hash) {
        var waiting = pool.find(hash);
        if (waiting.isPresent()) return waiting.map(Transaction::raw);
        return chain.place(hash).map(at -> chain.block(at.block()).orElseThrow().transactions().get(at.index()).raw());
    }

    private Object send(Params p) {
        Transaction t = decode(p.at(0).data(), chain.config.chainId());
        pool.add(t);
        return t.hash().toString();
    }

    /** @throws RpcException in go-ethereum's words when these bytes are no transaction for this chain */
    static Transaction decode(byte[] raw, long chainId) {
        if (raw.length > Transaction.MAX_BYTES) throw new RpcException(RpcException.SERVER, "oversized data: transaction size " + raw.length + ", limit " + Transaction.MAX_BYTES);
        try {
            return Transaction.decode(raw, chainId);
        } catch (IllegalArgumentException e) {
            throw new RpcException(RpcException.SERVER, e.getMessage());
        }
    }

    private Object feeHistory(Params p) {
        long count = p.at(0).value().isIntegralNumber() ? p.at(0).value().longValue() : p.at(0).longQuantity();
        if (count < 0) throw p.at(0).wrong("must be 0 or more");
        Block newest = BlockReference.byNumber(chain, p.at(1)).orElseThrow(() -> new RpcException(RpcException.SERVER, "request beyond head block: requested " + p.at(1).text() + ", head " + chain.head().number()));
        List<Double> percentiles = new ArrayList<>();
        p.at(2).optional(Field::elements).orElse(List.of()).forEach(f -> percentiles.add(percentile(f, percentiles)));
        if (percentiles.size() > MAX_PERCENTILES) throw p.at(2).wrong("must have at most " + MAX_PERCENTILES + " percentiles");
        return JsonForms.feeHistory(chain, Math.min(Math.min(count, MAX_FEE_HISTORY), newest.number() + 1), newest.number(), percentiles);
    }

    private static double percentile(Field field, List<Double> before) {
        if (!field.value().isNumber()) throw field.wrong("must be a number");
        double value = field.value().doubleValue();
        if (!(value >= 0 && value <= 100) || !before.isEmpty() && value < before.get(before.size() - 1)) throw field.wrong("must be 0 to 100 and not less than the one before");
        return value;
    }
}
