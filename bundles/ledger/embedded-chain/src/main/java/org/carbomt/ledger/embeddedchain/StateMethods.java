package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import io.horizen.evm.StateDB;
import io.horizen.evm.results.ProofAccountResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the state holds at a block, and what a call would do to it. */
final class StateMethods implements MethodGroup {
    private static final int MAX_PROOF_KEYS = 1024;
    private final Chain chain;
    private final Pool pool;

    StateMethods(Chain chain, Pool pool) {
        this.chain = chain;
        this.pool = pool;
    }

    @Override
    public void offer(Registry r) {
        r.add("eth_getBalance", 2, p -> Hex.quantity(read(p.at(0), p.at(1), StateDB::getBalance)));
        r.add("eth_getCode", 2, p -> Hex.data(Optional.ofNullable(read(p.at(0), p.at(1), StateDB::getCode)).orElse(new byte[0])));
        r.add("eth_getTransactionCount", 2, this::nonce);
        r.add("eth_getStorageAt", 3, p -> {
            Hash slot = p.at(1).slot();
            return read(p.at(0), p.at(2), (state, address) -> state.getStorage(address, slot)).toString();
        });
        r.add("eth_getProof", 3, this::proof);
        r.add("eth_call", 3, this::call);
        r.add("eth_estimateGas", 3, this::estimate);
    }

    private interface Read<T> {
        T of(StateDB state, Address address);
    }

    private <T> T read(Field account, Field block, Read<T> read) {
        Address address = account.address();
        return chain.states.at(BlockReference.state(chain, block).header().stateRoot(), state -> read.of(state, address));
    }

    private Object nonce(Params p) {
        if (p.at(1).value().asText().equals("pending")) {
            var next = pool.nextNonce(p.at(0).address());
            if (next.isPresent()) return Hex.quantity(next.get());
        }
        return Hex.quantity(read(p.at(0), p.at(1), StateDB::getNonce));
    }

    private Object proof(Params p) {
        Address address = p.at(0).address();
        var slots = p.at(1).elements();
        if (slots.size() > MAX_PROOF_KEYS) throw new RpcException(RpcException.INVALID_PARAMS, "invalid argument 1: " + slots.size() + " storage keys, at most " + MAX_PROOF_KEYS);
        Hash[] keys = slots.stream().map(Field::slot).toArray(Hash[]::new);
        Hash root = BlockReference.state(chain, p.at(2)).header().stateRoot();
        var proof = chain.states.at(root, state -> state.getProof(address, root, keys));
        var form = new LinkedHashMap<String, Object>();
        form.put("address", address.toString());
        form.put("accountProof", List.of(proof.accountProof));
        form.put("balance", Hex.quantity(proof.balance));
        form.put("codeHash", orElse(proof.codeHash, StateDB.EMPTY_CODE_HASH));
        form.put("nonce", Hex.quantity(proof.nonce));
        form.put("storageHash", orElse(proof.storageHash, StateDB.EMPTY_ROOT_HASH));
        List<Map<String, Object>> storage = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) storage.add(storage(slots.get(i).text(), proof.storageProof[i]));
        form.put("storageProof", storage);
        return form;
    }

    /** Of an account that is not there, EIP-1186 names the hashes of nothing where go-ethereum has zeros. */
    private static String orElse(Hash hash, Hash ofNothing) {
        return (hash == null || hash.equals(Hash.ZERO) ? ofNothing : hash).toString();
    }

    /** @param key as the caller wrote it */
    private static Map<String, Object> storage(String key, ProofAccountResult.ProofStorageResult result) {
        var form = new LinkedHashMap<String, Object>();
        form.put("key", key);
        form.put("value", Hex.quantity(result.value));
        form.put("proof", List.of(result.proof));
        return form;
    }

    private Object call(Params p) {
        requireNoOverrides(p.at(2));
        var at = Moment.of(chain, p.at(1), false);
        var message = CallRequest.of(p.at(0), chain.config.chainId()).message(chain.config.blockGasLimit());
        var outcome = chain.states.at(at.root(), state -> {
            Execution.reasonOfFunds(state, message).ifPresent(reason -> {
                throw new RpcException(RpcException.SERVER, "err: " + reason + " (supplied gas " + message.gas() + ")");
            });
            return Execution.apply(state, message, at.env());
        });
        if (outcome.reverted()) throw Reverts.exception(outcome.returned());
        if (!outcome.success()) throw new RpcException(RpcException.SERVER, outcome.error());
        return Hex.data(outcome.returned());
    }

    private Object estimate(Params p) {
        requireNoOverrides(p.at(2));
        var at = Moment.of(chain, p.at(1), true);
        var message = CallRequest.of(p.at(0), chain.config.chainId()).message(chain.config.blockGasLimit());
        long gas = chain.states.at(at.root(), state -> new GasEstimate(state, at.env(), message).find());
        return Hex.quantity(gas);
    }

    private static void requireNoOverrides(Field overrides) {
        if (overrides.given() && !overrides.value().isEmpty()) throw overrides.wrong("must be left out: this node does not override state");
    }
}
