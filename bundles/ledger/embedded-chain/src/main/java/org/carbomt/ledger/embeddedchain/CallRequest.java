package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The call object of eth_call, eth_estimateGas and debug_traceCall. @param gas empty where the caller leaves it to the node */
record CallRequest(Address from, Optional<Address> to, BigInteger value, byte[] data, Optional<Long> gas, BigInteger gasPrice, List<Transaction.Access> accessList) {
    static CallRequest of(Field call, long chainId) {
        if (!call.given()) throw call.missing();
        var price = call.member("gasPrice").optional(Field::quantity);
        var maxFee = call.member("maxFeePerGas").optional(Field::quantity);
        var priority = call.member("maxPriorityFeePerGas").optional(Field::quantity);
        if (price.isPresent() && (maxFee.isPresent() || priority.isPresent())) throw refused("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
        if (maxFee.isPresent() && priority.isPresent() && maxFee.get().compareTo(priority.get()) < 0) throw refused("maxFeePerGas (" + maxFee.get() + ") < maxPriorityFeePerGas (" + priority.get() + ")");
        var chain = call.member("chainId").optional(Field::quantity);
        if (chain.isPresent() && !chain.get().equals(BigInteger.valueOf(chainId))) throw refused("chainId does not match node's (have=" + chain.get() + ", want=" + chainId + ")");
        // The base fee is 0: what is paid is the tip, up to the most the caller would pay.
        BigInteger paid = price.orElseGet(() -> maxFee.flatMap(most -> priority.map(most::min)).or(() -> priority).orElse(BigInteger.ZERO));
        return new CallRequest(call.member("from").optional(Field::address).orElse(Address.ZERO), call.member("to").optional(Field::address), call.member("value").optional(Field::quantity).orElse(BigInteger.ZERO),
                data(call), call.member("gas").optional(Field::longQuantity), paid, call.member("accessList").optional(Field::elements).orElse(List.of()).stream().map(CallRequest::access).toList());
    }

    private static byte[] data(Field call) {
        var data = call.member("data").optional(Field::data);
        var input = call.member("input").optional(Field::data);
        if (data.isPresent() && input.isPresent() && !Arrays.equals(data.get(), input.get())) throw refused("both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass transaction call data");
        return input.or(() -> data).orElse(new byte[0]);
    }

    private static Transaction.Access access(Field entry) {
        return new Transaction.Access(entry.member("address").address(), entry.member("storageKeys").optional(Field::elements).orElse(List.of()).stream().map(Field::hash).toList());
    }

    private static RpcException refused(String reason) {
        return new RpcException(RpcException.SERVER, reason);
    }

    /** @param most gas where the caller asks for more or leaves it open */
    Execution.Message message(long most) {
        return new Execution.Message(from, to, value, data, Math.min(gas.orElse(most), most), gasPrice, accessList);
    }
}
