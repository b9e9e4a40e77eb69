package org.carbomt.ledger.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/** The JSON-RPC methods we use, of any Ethereum node. Thread safe. Throws CarboException.Unavailable when the node cannot be reached. */
final class Node {
    private final Web3jService service;
    private final URI uri;

    Node(URI uri, Duration timeout) {
        this.uri = uri;
        this.service = new JdkRpc(uri, timeout);
    }

    /** A JSON value as the node gave it. */
    public static final class Raw extends Response<JsonNode> {}

    /** The node refused. @param data revert data, empty when it gave none */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        final String data;

        Refused(String message, String data) {
            super(message);
            this.data = data;
        }
    }

    JsonNode ask(String method, Object... parameters) throws Refused {
        try {
            var answer = new Request<>(method, List.of(parameters), service, Raw.class).send();
            if (answer.hasError()) throw new Refused(answer.getError().getMessage(), data(answer.getError().getData()));
            return answer.getResult();
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("ledger.unreachable", "rpc", uri.toString(), "an Ethereum node that answers there"), e);
        }
    }

    /** As ask, where a refusal is a fault of the node. */
    JsonNode get(String method, Object... parameters) {
        try {
            return ask(method, parameters);
        } catch (Refused e) {
            throw new CarboException.Unavailable(new Problem("ledger.refused", "rpc", method + ": " + e.getMessage(), "a node that offers " + method), e);
        }
    }

    /** Some nodes wrap revert data in an object or in quotation marks. */
    private static String data(Object data) {
        if (data == null) return "";
        var text = data.toString();
        int start = text.indexOf("0x");
        if (start < 0) return "";
        int end = start + 2;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) end++;
        return text.substring(start, end);
    }

    long chainId() {
        return number(get("eth_chainId")).longValueExact();
    }

    String genesis() {
        return get("eth_getBlockByNumber", "0x0", false).get("hash").asText();
    }

    long blockNumber() {
        return number(get("eth_blockNumber")).longValueExact();
    }

    long nonce(String address) {
        return number(get("eth_getTransactionCount", address, "latest")).longValueExact();
    }

    String code(String address) {
        return get("eth_getCode", address, "latest").asText();
    }

    /** Gas of a transaction, tried on the newest state. @param to empty for a creation */
    long estimateGas(String from, Optional<String> to, String data) throws Refused {
        var call = to.isPresent() ? Map.of("from", from, "to", to.get(), "data", data) : Map.of("from", from, "data", data);
        return number(ask("eth_estimateGas", call)).longValueExact();
    }

    String call(String to, String data) throws Refused {
        return ask("eth_call", Map.of("to", to, "data", data), "latest").asText();
    }

    String send(String raw) throws Refused {
        return ask("eth_sendRawTransaction", raw).asText();
    }

    Optional<JsonNode> receipt(String transaction) {
        return Optional.ofNullable(get("eth_getTransactionReceipt", transaction)).filter(r -> !r.isNull());
    }

    static BigInteger number(JsonNode quantity) {
        return new BigInteger(quantity.asText().substring(2), 16);
    }
}
