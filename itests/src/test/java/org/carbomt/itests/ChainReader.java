package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.carbomt.demo.Api;

/** The chain by JSON-RPC alone: the events of the contracts, decoded here from their raw words. */
final class ChainReader {
    /** @param words by name; the words of indexed and of plain members, 64 hexadecimal digits */
    record Event(String name, Map<String, String> words) {
        long number(String member) {
            return new BigInteger(words.get(member), 16).longValueExact();
        }

        String address(String member) {
            return "0x" + words.get(member).substring(24);
        }
    }

    /** @param data names of the words after the topics; where a string stands, its offset */
    private record Form(String signature, List<String> indexed, List<String> data) {
        static Form of(String signature, String indexed, String data) {
            return new Form(signature, List.of(indexed.split(" ")), List.of(data.split(" ")));
        }
    }

    private static final List<Form> FORMS = List.of(
            Form.of("RootAnchored(bytes32,bytes32,uint256,string)", "root key", "leaves cid"),
            Form.of("CreditsIssued(uint256,bytes32,address,bytes32,bytes32,string,string,uint256,uint256,uint256,uint256)", "tokenId key account", "evidence terms projectId sourceId fromHour toHour serialFirst serialLast"),
            Form.of("CreditsTransferred(uint256,bytes32,address,address,uint256)", "tokenId key from", "to tonnes"),
            Form.of("CreditsRetired(uint256,bytes32,address,uint256,uint256,string,string)", "tokenId key account", "serialFirst serialLast beneficiary reason"),
            Form.of("SaleSettled(bytes32,address,address,uint256,uint256,uint256)", "key seller buyer", "tokenId tonnes priceMinor"),
            Form.of("CashDeposited(bytes32,address,uint256)", "key account", "minor"),
            Form.of("TransferSingle(address,address,address,uint256,uint256)", "operator from to", "tokenId tonnes"),
            Form.of("Transfer(address,address,uint256)", "from to", "minor"));

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI rpc;
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    ChainReader(int port) {
        rpc = URI.create("http://127.0.0.1:" + port);
    }

    JsonNode call(String method, Object... parameters) {
        try {
            var ask = Api.JSON.writeValueAsBytes(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
            var answer = Api.JSON.readTree(http.send(HttpRequest.newBuilder(rpc).timeout(Duration.ofSeconds(60)).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(ask)).build(), HttpResponse.BodyHandlers.ofByteArray()).body());
            if (answer.has("error")) throw new IllegalStateException(method + ": " + answer.get("error"));
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Keccak-256 of a text, 64 hexadecimal digits. */
    String hash(String text) {
        return hashes.computeIfAbsent(text, t -> call("web3_sha3", "0x" + HexFormat.of().formatHex(t.getBytes(StandardCharsets.UTF_8))).asText().substring(2));
    }

    /** What balanceOf says of an account's credits. */
    long credits(String contract, String account, long tokenId) {
        return word(contract, "00fdd58e", account.substring(2), Long.toHexString(tokenId));
    }

    /** What balanceOf says of an account's cash. */
    long cash(String contract, String account) {
        return word(contract, "70a08231", account.substring(2));
    }

    private long word(String contract, String selector, String... arguments) {
        var data = new StringBuilder("0x").append(selector);
        for (var a : arguments) data.append("0".repeat(64 - a.length())).append(a);
        return new BigInteger(call("eth_call", Map.of("to", contract, "data", data.toString()), "latest").asText().substring(2), 16).longValueExact();
    }

    /** All events of these contracts, in the order of the chain. */
    List<Event> events(Collection<String> contracts) {
        var forms = new HashMap<String, Form>();
        for (var form : FORMS) forms.put("0x" + hash(form.signature), form);
        var events = new ArrayList<Event>();
        for (var log : call("eth_getLogs", Map.of("fromBlock", "0x0", "toBlock", "latest", "address", List.copyOf(contracts)))) {
            var form = forms.get(log.get("topics").get(0).asText());
            if (form != null) events.add(event(form, log));
        }
        return events;
    }

    private static Event event(Form form, JsonNode log) {
        var words = new HashMap<String, String>();
        for (int i = 0; i < form.indexed.size(); i++) words.put(form.indexed.get(i), log.get("topics").get(i + 1).asText().substring(2));
        var data = log.get("data").asText().substring(2);
        for (int i = 0; i < form.data.size(); i++) words.put(form.data.get(i), data.substring(64 * i, 64 * i + 64));
        return new Event(form.signature.substring(0, form.signature.indexOf('(')), words);
    }
}
