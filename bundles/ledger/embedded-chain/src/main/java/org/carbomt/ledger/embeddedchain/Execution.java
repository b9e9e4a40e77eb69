package org.carbomt.ledger.embeddedchain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.horizen.evm.Address;
import io.horizen.evm.BlockHashCallback;
import io.horizen.evm.Evm;
import io.horizen.evm.EvmContext;
import io.horizen.evm.ForkRules;
import io.horizen.evm.Hash;
import io.horizen.evm.Invocation;
import io.horizen.evm.StateDB;
import io.horizen.evm.TraceOptions;
import io.horizen.evm.Tracer;
import io.horizen.evm.results.EvmLog;
import io.horizen.evm.results.InvocationResult;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What go-ethereum does around the EVM for one message under the Shanghai rules: intrinsic gas, fees, access list, refund. */
final class Execution {
    private static final ForkRules SHANGHAI = new ForkRules(true);
    private static final long MAX_INIT_CODE = 49_152; // EIP-3860
    private static final TraceOptions TOP_CALL = new TraceOptions(false, false, false, false, "callTracer", JsonNodeFactory.instance.objectNode().put("onlyTopCall", true));

    /** The block a message runs in. @param random PREVRANDAO, 0 here */
    record Environment(long chainId, long number, long timestamp, Address coinbase, long gasLimit, BlockHashCallback hashes) {}

    record Message(Address from, Optional<Address> to, BigInteger value, byte[] data, long gas, BigInteger gasPrice, List<Transaction.Access> accessList) {
        static Message of(Transaction t) {
            return new Message(t.sender(), t.to(), t.value(), t.data(), t.gas(), t.gasPrice(), t.accessList());
        }

        Message withGas(long limit) {
            return new Message(from, to, value, data, limit, gasPrice, accessList);
        }
    }

    /**
     * @param gasUsed after the refund
     * @param refunded gas given back at the end (EIP-3529), so gasUsed + refunded was in use at the peak
     * @param error empty when it succeeded, else the EVM's words
     */
    record Outcome(long gasUsed, long refunded, byte[] returned, String error, boolean reverted, List<Log> logs) {
        boolean success() {
            return error.isEmpty();
        }
    }

    private Execution() {}

    /** Gas that a message costs before its first instruction (EIP-2028, 2930, 3860). */
    static long intrinsicGas(Message m) {
        long gas = m.to().isEmpty() ? 53_000 + 2L * ((m.data().length + 31) / 32) : 21_000;
        for (byte b : m.data()) gas += b == 0 ? 4 : 16;
        for (var access : m.accessList()) gas += 2_400 + 1_900L * access.slots().size();
        return gas;
    }

    /** @throws RpcException when it may not run at all */
    static void requireGas(Message m) {
        if (m.to().isEmpty() && m.data().length > MAX_INIT_CODE) throw new RpcException(RpcException.SERVER, "max initcode size exceeded: code size " + m.data().length + " limit " + MAX_INIT_CODE);
        long intrinsic = intrinsicGas(m);
        if (m.gas() < intrinsic) throw new RpcException(RpcException.SERVER, "intrinsic gas too low: have " + m.gas() + ", want " + intrinsic);
    }

    /** Why its sender cannot pay for a call; empty when it can. */
    static Optional<String> reasonOfFunds(StateDB state, Message m) {
        BigInteger want = m.gasPrice().multiply(BigInteger.valueOf(m.gas())).add(m.value());
        if (want.signum() == 0) return Optional.empty();
        BigInteger have = state.getBalance(m.from());
        return have.compareTo(want) >= 0 ? Optional.empty() : Optional.of("insufficient funds for gas * price + value: address " + m.from() + " have " + have + " want " + want);
    }

    /**
     * Runs a transaction of a block and leaves its effects in the state, finalized. Its nonce must be the sender's; that goes up by one.
     *
     * @param index within the block
     */
    static Outcome run(StateDB state, Transaction t, Environment env, int index, Tracer tracer) {
        state.setTxContext(t.hash(), index);
        Outcome o = apply(state, Message.of(t), t.nonce(), env, tracer);
        List<Log> logs = o.success() ? Arrays.stream(state.getLogs(t.hash())).map(Execution::log).toList() : List.of();
        state.finalizeChanges();
        return new Outcome(o.gasUsed(), o.refunded(), o.returned(), o.error(), o.reverted(), logs);
    }

    /** As run, for a call: its logs are not collected, and its effects can still be taken back with a snapshot. */
    static Outcome apply(StateDB state, Message m, Environment env) {
        long nonce = state.getNonce(m.from()).longValueExact();
        if (m.to().isPresent()) return apply(state, m, nonce, env, null);
        // libevm keeps what a creation returns, code or revert data, to itself; go-ethereum's tracer tells.
        try (var tracer = new Tracer(TOP_CALL)) {
            Outcome o = apply(state, m, nonce, env, tracer);
            return new Outcome(o.gasUsed(), o.refunded(), Hex.bytes(tracer.getResult().result.path("output").asText("0x")), o.error(), o.reverted(), List.of());
        }
    }

    /** Each call into libevm costs some 20 microseconds: only those that must be are made. */
    private static Outcome apply(StateDB state, Message m, long nonce, Environment env, Tracer tracer) {
        requireGas(m);
        BigInteger allGas = BigInteger.valueOf(m.gas());
        boolean priced = m.gasPrice().signum() > 0;
        if (priced) state.subBalance(m.from(), allGas.multiply(m.gasPrice()));
        state.accessSetup(m.from(), m.to().orElse(null), env.coinbase(), SHANGHAI);
        for (var access : m.accessList()) {
            state.accessAccount(access.address());
            access.slots().forEach(slot -> state.accessSlot(access.address(), slot));
        }
        state.setNonce(m.from(), BigInteger.valueOf(nonce + 1));
        long intrinsic = intrinsicGas(m);
        var context = new EvmContext(BigInteger.valueOf(env.chainId()), env.coinbase(), BigInteger.valueOf(env.gasLimit()), m.gasPrice(), BigInteger.valueOf(env.number()),
                BigInteger.valueOf(env.timestamp()), BigInteger.ZERO, Hash.ZERO, SHANGHAI);
        context.setBlockHashCallback(env.hashes());
        if (tracer != null) {
            context.setTracer(tracer);
            tracer.CaptureTxStart(allGas);
        }
        InvocationResult result = Evm.Apply(state, new Invocation(m.from(), m.to().orElse(null), m.value(), m.data(), BigInteger.valueOf(m.gas() - intrinsic), false), context);
        long used = m.gas() - result.leftOverGas.longValueExact();
        long refunded = Math.min(state.getRefund().longValueExact(), used / 5); // EIP-3529
        used -= refunded;
        if (tracer != null) tracer.CaptureTxEnd(BigInteger.valueOf(m.gas() - used));
        if (priced) {
            state.addBalance(m.from(), BigInteger.valueOf(m.gas() - used).multiply(m.gasPrice()));
            state.addBalance(env.coinbase(), BigInteger.valueOf(used).multiply(m.gasPrice()));
        }
        byte[] returned = result.returnData == null ? new byte[0] : result.returnData;
        return new Outcome(used, refunded, returned, result.executionError, result.reverted, List.of());
    }

    private static Log log(EvmLog log) {
        return new Log(log.address, Arrays.asList(log.topics), log.data == null ? new byte[0] : log.data);
    }
}
