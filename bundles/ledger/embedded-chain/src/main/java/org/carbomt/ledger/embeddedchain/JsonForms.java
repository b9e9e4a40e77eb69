package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Blocks, transactions, receipts and logs as JSON-RPC shows them (names and forms of the Ethereum execution API). */
final class JsonForms {
    private static final String ZERO = "0x0";

    private JsonForms() {}

    static Map<String, Object> block(Block block, boolean whole) {
        var form = header(block.header(), block.hash());
        form.put("size", Hex.quantity(block.networkRlp().length));
        List<Object> transactions = new ArrayList<>();
        for (int i = 0; i < block.transactions().size(); i++) {
            transactions.add(whole ? transaction(block, i) : block.transactions().get(i).hash().toString());
        }
        form.put("transactions", transactions);
        form.put("uncles", List.of());
        form.put("withdrawals", List.of());
        return form;
    }

    private static Map<String, Object> header(Header h, Hash hash) {
        var form = new LinkedHashMap<String, Object>();
        form.put("number", Hex.quantity(h.number()));
        form.put("hash", hash.toString());
        form.put("parentHash", h.parentHash().toString());
        form.put("nonce", Hex.data(new byte[8]));
        form.put("mixHash", Hash.ZERO.toString());
        form.put("sha3Uncles", Hex.data(Header.NO_OMMERS));
        form.put("logsBloom", Hex.data(h.logsBloom()));
        form.put("stateRoot", h.stateRoot().toString());
        form.put("miner", h.coinbase().toString());
        form.put("difficulty", ZERO);
        form.put("totalDifficulty", ZERO);
        form.put("extraData", Hex.data(h.extraData()));
        form.put("gasLimit", Hex.quantity(h.gasLimit()));
        form.put("gasUsed", Hex.quantity(h.gasUsed()));
        form.put("timestamp", Hex.quantity(h.timestamp()));
        form.put("transactionsRoot", h.transactionsRoot().toString());
        form.put("receiptsRoot", h.receiptsRoot().toString());
        form.put("baseFeePerGas", ZERO);
        form.put("withdrawalsRoot", Hex.data(MerkleTrie.EMPTY_ROOT));
        return form;
    }

    static Map<String, Object> transaction(Block block, int index) {
        return transaction(block.transactions().get(index), block.hash().toString(), Hex.quantity(block.number()), Hex.quantity(index));
    }

    static Map<String, Object> pending(Transaction t) {
        return transaction(t, null, null, null);
    }

    private static Map<String, Object> transaction(Transaction t, String blockHash, String blockNumber, String index) {
        var form = new LinkedHashMap<String, Object>();
        form.put("blockHash", blockHash);
        form.put("blockNumber", blockNumber);
        form.put("from", t.sender().toString());
        form.put("gas", Hex.quantity(t.gas()));
        form.put("gasPrice", Hex.quantity(t.gasPrice()));
        if (t.type() == 2) {
            form.put("maxFeePerGas", Hex.quantity(t.maxFee()));
            form.put("maxPriorityFeePerGas", Hex.quantity(t.maxPriorityFee()));
        }
        form.put("hash", t.hash().toString());
        form.put("input", Hex.data(t.data()));
        form.put("nonce", Hex.quantity(t.nonce()));
        form.put("to", t.to().map(Object::toString).orElse(null));
        form.put("transactionIndex", index);
        form.put("value", Hex.quantity(t.value()));
        form.put("type", Hex.quantity(t.type()));
        if (t.type() > 0) {
            form.put("accessList", accessList(t.accessList()));
            form.put("yParity", Hex.quantity(t.v()));
        }
        form.put("chainId", Hex.quantity(t.chainId()));
        form.put("v", Hex.quantity(t.v()));
        form.put("r", Hex.quantity(t.r()));
        form.put("s", Hex.quantity(t.s()));
        return form;
    }

    static List<Map<String, Object>> accessList(List<Transaction.Access> list) {
        return list.stream().map(a -> Map.<String, Object>of("address", a.address().toString(), "storageKeys", a.slots().stream().map(Hash::toString).toList())).toList();
    }

    static Map<String, Object> receipt(Block block, int index) {
        Transaction t = block.transactions().get(index);
        Receipt r = block.receipts().get(index);
        var form = new LinkedHashMap<String, Object>();
        form.put("blockHash", block.hash().toString());
        form.put("blockNumber", Hex.quantity(block.number()));
        form.put("contractAddress", t.contractAddress().map(Object::toString).orElse(null));
        form.put("cumulativeGasUsed", Hex.quantity(r.cumulativeGas()));
        form.put("effectiveGasPrice", Hex.quantity(t.gasPrice()));
        form.put("from", t.sender().toString());
        form.put("gasUsed", Hex.quantity(block.gasUsed(index)));
        form.put("logs", logs(block, index));
        form.put("logsBloom", Hex.data(r.bloom()));
        form.put("status", r.success() ? "0x1" : ZERO);
        form.put("to", t.to().map(Object::toString).orElse(null));
        form.put("transactionHash", t.hash().toString());
        form.put("transactionIndex", Hex.quantity(index));
        form.put("type", Hex.quantity(t.type()));
        return form;
    }

    private static List<Object> logs(Block block, int index) {
        var logs = block.receipts().get(index).logs();
        int first = block.firstLog(index);
        List<Object> forms = new ArrayList<>(logs.size());
        for (int i = 0; i < logs.size(); i++) forms.add(log(block, index, logs.get(i), first + i));
        return forms;
    }

    /** @param logIndex within the block */
    static Map<String, Object> log(Block block, int transaction, Log log, int logIndex) {
        var form = new LinkedHashMap<String, Object>();
        form.put("address", log.address().toString());
        form.put("topics", log.topics().stream().map(Hash::toString).toList());
        form.put("data", Hex.data(log.data()));
        form.put("blockNumber", Hex.quantity(block.number()));
        form.put("transactionHash", block.transactions().get(transaction).hash().toString());
        form.put("transactionIndex", Hex.quantity(transaction));
        form.put("blockHash", block.hash().toString());
        form.put("blockTimestamp", Hex.quantity(block.header().timestamp()));
        form.put("logIndex", Hex.quantity(logIndex));
        form.put("removed", false);
        return form;
    }

    static Map<String, Object> feeHistory(Chain chain, long count, long newest, List<Double> percentiles) {
        long oldest = newest - count + 1;
        List<String> base = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<List<String>> rewards = new ArrayList<>();
        for (long number = oldest; number <= newest; number++) {
            Block block = chain.block(number).orElseThrow();
            base.add(ZERO);
            ratios.add((double) block.header().gasUsed() / block.header().gasLimit());
            rewards.add(rewards(block, percentiles));
        }
        base.add(ZERO);
        var form = new LinkedHashMap<String, Object>();
        form.put("oldestBlock", Hex.quantity(oldest));
        if (!percentiles.isEmpty()) form.put("reward", rewards);
        form.put("baseFeePerGas", base);
        form.put("gasUsedRatio", ratios);
        return form;
    }

    /** Prices paid at these percentiles of the block's gas. */
    private static List<String> rewards(Block block, List<Double> percentiles) {
        record Paid(BigInteger price, long gas) {}
        List<Paid> paid = new ArrayList<>();
        for (int i = 0; i < block.transactions().size(); i++) paid.add(new Paid(block.transactions().get(i).gasPrice(), block.gasUsed(i)));
        paid.sort(java.util.Comparator.comparing(Paid::price));
        List<String> rewards = new ArrayList<>();
        for (double percentile : percentiles) {
            long upTo = (long) (block.header().gasUsed() * percentile / 100);
            long sum = 0;
            BigInteger price = BigInteger.ZERO;
            for (Paid p : paid) {
                price = p.price();
                sum += p.gas();
                if (sum >= upTo) break;
            }
            rewards.add(Hex.quantity(price));
        }
        return rewards;
    }
}
