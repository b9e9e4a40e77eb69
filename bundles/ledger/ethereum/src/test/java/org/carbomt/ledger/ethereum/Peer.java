package org.carbomt.ledger.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.Request;
import org.web3j.utils.Numeric;

/** A node asked as any client would, with errors as it gave them. */
final class Peer {
    static final BigInteger GAS = BigInteger.valueOf(6_000_000);

    /** @param code 0 and no message when it answered */
    record Answer(JsonNode result, int code, String message, String data) {}

    private final JdkRpc service;

    Peer(URI uri) {
        this.service = new JdkRpc(uri, Duration.ofSeconds(20));
    }

    Answer ask(String method, Object... parameters) {
        try {
            var answer = new Request<>(method, List.of(parameters), service, Node.Raw.class).send();
            if (!answer.hasError()) return new Answer(answer.getResult(), 0, "", "");
            return new Answer(null, answer.getError().getCode(), answer.getError().getMessage(), answer.getError().getData() == null ? "" : answer.getError().getData().toString().replace("\"", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode get(String method, Object... parameters) {
        var answer = ask(method, parameters);
        if (answer.code != 0) throw new IllegalStateException(method + ": " + answer.code + " " + answer.message);
        return answer.result;
    }

    JsonNode receipt(String transaction) {
        for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end;) {
            var receipt = get("eth_getTransactionReceipt", transaction);
            if (receipt != null && !receipt.isNull()) return receipt;
        }
        throw new IllegalStateException("no receipt of " + transaction + " after 20 seconds");
    }

    /** Sends a legacy transaction with free gas and waits for its block. */
    JsonNode send(Credentials key, long nonce, long chainId, String to, String data) {
        var unsigned = RawTransaction.createTransaction(BigInteger.valueOf(nonce), BigInteger.ZERO, GAS, to, BigInteger.ZERO, data);
        return receipt(get("eth_sendRawTransaction", Numeric.toHexString(TransactionEncoder.signMessage(unsigned, chainId, key))).asText());
    }
}
