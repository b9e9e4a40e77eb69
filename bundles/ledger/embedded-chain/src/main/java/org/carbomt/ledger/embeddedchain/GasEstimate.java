package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.StateDB;
import java.math.BigInteger;

/** The least gas with which a message succeeds, found as go-ethereum does: a likely guess, then halving until within 1.5 %. */
final class GasEstimate {
    private static final long TRANSFER = 21_000;
    private static final long STIPEND = 2_300;
    private static final double TOLERANCE = 0.015;
    private final StateDB state;
    private final Execution.Environment env;
    private final Execution.Message message;

    GasEstimate(StateDB state, Execution.Environment env, Execution.Message message) {
        this.state = state;
        this.env = env;
        this.message = message;
    }

    /** @throws RpcException with the contract's revert, or when no gas up to the message's own is enough */
    long find() {
        long high = message.gas() < TRANSFER ? env.gasLimit() : message.gas();
        if (message.gasPrice().signum() > 0) high = affordable(high);
        if (message.to().isPresent() && message.data().length == 0 && !state.isSmartContractAccount(message.to().get()) && succeeds(TRANSFER)) return TRANSFER;
        if (high < Execution.intrinsicGas(message)) throw exceeds(high);
        var most = attempt(high);
        if (most.reverted()) throw Reverts.exception(most.returned());
        if (!most.success()) throw most.error().equals("out of gas") ? exceeds(high) : new RpcException(RpcException.SERVER, most.error());
        long low = most.gasUsed() - 1;
        long likely = (most.gasUsed() + most.refunded() + STIPEND) * 64 / 63; // EIP-150 holds back 1/64 at each call
        if (likely < high) {
            if (succeeds(likely)) high = likely;
            else low = likely;
        }
        while (low + 1 < high && (double) (high - low) / high >= TOLERANCE) {
            long middle = Math.min((high + low) / 2, low * 2);
            if (succeeds(middle)) high = middle;
            else low = middle;
        }
        return high;
    }

    private long affordable(long high) {
        BigInteger balance = state.getBalance(message.from());
        if (message.value().compareTo(balance) >= 0) throw new RpcException(RpcException.SERVER, "insufficient funds for transfer");
        BigInteger allowance = balance.subtract(message.value()).divide(message.gasPrice());
        return allowance.compareTo(BigInteger.valueOf(high)) < 0 ? allowance.longValueExact() : high;
    }

    private boolean succeeds(long gas) {
        return gas >= Execution.intrinsicGas(message) && attempt(gas).success();
    }

    private Execution.Outcome attempt(long gas) {
        var m = message.withGas(gas);
        Execution.reasonOfFunds(state, m).ifPresent(reason -> {
            throw new RpcException(RpcException.SERVER, "failed with " + gas + " gas: " + reason);
        });
        int before = state.snapshot();
        var outcome = Execution.apply(state, m, env);
        state.revertToSnapshot(before);
        return outcome;
    }

    private static RpcException exceeds(long gas) {
        return new RpcException(RpcException.SERVER, "gas required exceeds allowance (" + gas + ")");
    }
}
