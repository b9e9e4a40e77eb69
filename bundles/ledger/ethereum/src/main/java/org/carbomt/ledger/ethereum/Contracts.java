package org.carbomt.ledger.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.Ledger.ChainEvent;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Our contracts: what is sent to them and what they say. Their addresses follow from the registry's address, because their creations are its first
 * transactions; so calls can be encoded before any node is there.
 */
final class Contracts {
    /** In the order of creation: nonce 0, 1, 2, 3. */
    static final Map<String, String> FILES = ordered("anchors", "AnchorRegistry", "credits", "CarbonCredits", "cash", "SettlementCash", "settlement", "Settlement");
    private static final BigInteger ALL = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    /** Selector of Solidity's Error(string). */
    private static final String ERROR = "0x08c379a0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String registry;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, JsonNode> errors = new HashMap<>();
    private final Map<String, JsonNode> events = new HashMap<>();

    Contracts(String registry) {
        this.registry = registry;
        long nonce = 0;
        for (var name : FILES.keySet()) {
            addresses.put(name, ContractUtils.generateContractAddress(registry, BigInteger.valueOf(nonce++)).toLowerCase(Locale.ROOT));
            for (var item : abi(name)) {
                if (item.get("type").asText().equals("error")) errors.put(Hash.sha3String(signature(item)).substring(0, 10), item);
                if (item.get("type").asText().equals("event")) events.put(Hash.sha3String(signature(item)), item);
            }
        }
    }

    Map<String, String> addresses() {
        return addresses;
    }

    /** A call on its way. @param sender account id, registry for the registry's own. @param contract empty for a creation */
    record Call(String kind, String sender, Optional<String> contract, String data) {}

    // ---- set up

    Call creation(String name) {
        var code = resource(FILES.get(name) + ".bin").strip();
        List<Type<?>> arguments = new ArrayList<>(List.of(new Address(registry)));
        if (name.equals("credits")) arguments.add(new Address(addresses.get("anchors")));
        if (name.equals("settlement")) arguments.addAll(List.of(new Address(addresses.get("credits")), new Address(addresses.get("cash"))));
        return new Call("deploy", Outbox.REGISTRY, Optional.empty(), "0x" + code + FunctionEncoder.encodeConstructor(List.copyOf(arguments)));
    }

    /** The roles the registry's key works with, per contract. */
    static final Map<String, String> ROLES = ordered("anchors", "ANCHOR_ROLE", "credits", "ISSUER_ROLE", "cash", "TREASURY_ROLE", "settlement", "OPERATOR_ROLE");

    Call grant(String name) {
        var role = new Bytes32(Numeric.hexStringToByteArray(Hash.sha3String(ROLES.get(name))));
        return new Call("grant", Outbox.REGISTRY, Optional.of(name), encode("grantRole", role, new Address(registry)));
    }

    /** Settlement may move the account's credits and cash: at its operator's word, and only against each other. */
    List<Call> approvals(String account) {
        return List.of(new Call("approve", account, Optional.of("credits"), encode("setApprovalForAll", new Address(addresses.get("settlement")), new Bool(true))),
                new Call("approve", account, Optional.of("cash"), encode("approve", new Address(addresses.get("settlement")), new Uint256(ALL))));
    }

    // ---- effects

    /** @param address of an account id */
    Call call(Effect effect, java.util.function.UnaryOperator<String> address) {
        var key = key(effect.businessKey());
        if (effect instanceof Effect.Anchor e) {
            return new Call("anchor", Outbox.REGISTRY, Optional.of("anchors"), encode("anchor", key, new Bytes32(e.root().bytes()), uint(e.leaves()), new Utf8String(e.cid())));
        }
        if (effect instanceof Effect.Issue e) {
            var issuance = new DynamicStruct(new Address(address.apply(e.account())), new Utf8String(e.projectId()), new Utf8String(e.sourceId()), uint(e.from().getEpochSecond() / 3600), uint(e.to().getEpochSecond() / 3600),
                    uint(e.tonnes()), new Bytes32(e.evidence().bytes()), new Bytes32(e.terms().bytes()));
            return new Call("issue", Outbox.REGISTRY, Optional.of("credits"), encode("issue", key, issuance));
        }
        if (effect instanceof Effect.Transfer e) {
            return new Call("transfer", e.from(), Optional.of("credits"), encode("transfer", key, new Address(address.apply(e.to())), uint(e.tokenId()), uint(e.tonnes())));
        }
        if (effect instanceof Effect.Retire e) {
            return new Call("retire", e.account(), Optional.of("credits"), encode("retire", key, uint(e.tokenId()), uint(e.tonnes()), new Utf8String(e.beneficiary()), new Utf8String(e.reason())));
        }
        if (effect instanceof Effect.Deposit e) {
            return new Call("deposit", Outbox.REGISTRY, Optional.of("cash"), encode("deposit", key, new Address(address.apply(e.account())), uint(e.minor())));
        }
        var e = (Effect.Settle) effect;
        return new Call("settle", Outbox.REGISTRY, Optional.of("settlement"),
                encode("settle", key, new Address(address.apply(e.seller())), new Address(address.apply(e.buyer())), uint(e.tokenId()), uint(e.tonnes()), uint(e.priceMinor())));
    }

    static Bytes32 key(String businessKey) {
        return new Bytes32(Hash.sha3(businessKey.getBytes(StandardCharsets.UTF_8)));
    }

    static String encode(String name, Type<?>... arguments) {
        return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
    }

    private static Uint256 uint(long value) {
        return new Uint256(BigInteger.valueOf(value));
    }

    // ---- what comes back

    /** The event of a log, when it is one of ours. @param log as JSON-RPC gives it */
    Optional<ChainEvent> event(JsonNode log) {
        var contract = addresses.entrySet().stream().filter(e -> e.getValue().equalsIgnoreCase(log.get("address").asText())).map(Map.Entry::getKey).findFirst();
        var topics = log.get("topics");
        if (contract.isEmpty() || topics.isEmpty()) return Optional.empty();
        var item = events.get(topics.get(0).asText());
        if (item == null) return Optional.empty();
        var values = new LinkedHashMap<String, String>();
        var types = new ArrayList<String>();
        var names = new ArrayList<String>();
        int topic = 1;
        for (var input : item.get("inputs")) {
            if (input.get("indexed").asBoolean()) {
                values.put(input.get("name").asText(), Abi.indexed(topics.get(topic++).asText(), input.get("type").asText()).toString());
            } else {
                types.add(input.get("type").asText());
                names.add(input.get("name").asText());
            }
        }
        var decoded = Abi.decode(log.get("data").asText(), types).orElseThrow(() -> new CarboException.Unavailable(new Problem("ledger.log-unreadable", "transaction", log.get("transactionHash").asText(), "a log as our contracts write it")));
        for (int i = 0; i < decoded.size(); i++) values.put(names.get(i), decoded.get(i).toString());
        return Optional.of(new ChainEvent(contract.get(), item.get("name").asText(), values, Node.number(log.get("blockNumber")).longValueExact(), Node.number(log.get("logIndex")).intValueExact(), log.get("transactionHash").asText()));
    }

    /** A contract's refusal in words: name of the error and its values. @param message what the node said */
    String reason(String message, String data) {
        if (data.length() < 10) return message;
        var selector = data.substring(0, 10);
        var asGiven = message + " " + (data.length() > 138 ? data.substring(0, 138) + "…" : data);
        var arguments = "0x" + data.substring(10);
        if (selector.equals(ERROR)) return Abi.decode(arguments, List.of("string")).map(text -> text.get(0).toString()).orElse(asGiven);
        var item = errors.get(selector);
        return item == null ? asGiven : words(item, arguments).orElse(asGiven);
    }

    private static Optional<String> words(JsonNode error, String arguments) {
        var inputs = error.get("inputs");
        var types = new ArrayList<String>();
        for (var input : inputs) types.add(input.get("type").asText());
        return Abi.decode(arguments, types).map(values -> {
            var words = new ArrayList<String>();
            for (int i = 0; i < values.size(); i++) {
                var name = inputs.get(i).get("name").asText();
                boolean hour = name.toLowerCase(Locale.ROOT).endsWith("hour");
                words.add(name + " = " + (hour ? Instant.ofEpochSecond(((BigInteger) values.get(i)).longValue() * 3600) : values.get(i)));
            }
            return error.get("name").asText() + ": " + String.join(", ", words);
        });
    }

    boolean keyUsed(String data) {
        return data.length() >= 10 && Optional.ofNullable(errors.get(data.substring(0, 10))).map(e -> e.get("name").asText().equals("BusinessKeyUsed")).orElse(false);
    }

    private static String signature(JsonNode item) {
        var types = new ArrayList<String>();
        item.get("inputs").forEach(i -> types.add(i.get("type").asText()));
        return item.get("name").asText() + "(" + String.join(",", types) + ")";
    }

    private static JsonNode abi(String name) {
        try {
            return JSON.readTree(resource(FILES.get(name) + ".abi"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String file) {
        try (var in = Contracts.class.getResourceAsStream("/contracts/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
        return map;
    }
}
