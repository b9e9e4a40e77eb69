package org.carbomt.ledger.embeddedchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value of a request with its place in it; every refusal names both, with go-ethereum's code.
 *
 * @param name "argument 0" or, inside of it, "argument 0: to"
 */
record Field(JsonNode value, String name) {
    static Field of(JsonNode parameters, int index) {
        JsonNode value = parameters.get(index);
        return new Field(value == null ? MissingNode.getInstance() : value, "argument " + index);
    }

    boolean given() {
        return !value.isMissingNode() && !value.isNull();
    }

    /** Its member, given or not. */
    Field member(String member) {
        if (!value.isObject()) throw wrong("must be an object");
        return new Field(value.path(member), name.contains(": ") ? name + "." + member : name + ": " + member);
    }

    <T> Optional<T> optional(Function<Field, T> read) {
        return given() ? Optional.of(read.apply(this)) : Optional.empty();
    }

    List<Field> elements() {
        if (!value.isArray()) throw wrong("must be an array");
        List<Field> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) elements.add(new Field(value.get(i), name + "[" + i + "]"));
        return elements;
    }

    String text() {
        if (!given()) throw missing();
        if (!value.isTextual()) throw wrong("must be a string");
        return value.textValue();
    }

    boolean flag() {
        if (!given()) return false;
        if (!value.isBoolean()) throw wrong("must be true or false");
        return value.booleanValue();
    }

    Address address() {
        return new Address(fixed(Address.LENGTH));
    }

    Hash hash() {
        return new Hash(fixed(Hash.LENGTH));
    }

    private byte[] fixed(int length) {
        byte[] bytes;
        try {
            bytes = Hex.bytes(text());
        } catch (IllegalArgumentException e) {
            throw wrong("must be 0x and " + 2 * length + " hex digits");
        }
        if (bytes.length != length) throw wrong("must be 0x and " + 2 * length + " hex digits");
        return bytes;
    }

    byte[] data() {
        try {
            return Hex.bytes(text());
        } catch (IllegalArgumentException e) {
            throw wrong("must be 0x and an even number of hex digits");
        }
    }

    /** Left-padded to 32 bytes: clients write storage slots both as quantity and as data. */
    Hash slot() {
        try {
            return new Hash(Signatures.word(Hex.number(text())));
        } catch (IllegalArgumentException e) {
            throw wrong("must be 0x and 1 to 64 hex digits");
        }
    }

    BigInteger quantity() {
        try {
            return Hex.number(text());
        } catch (IllegalArgumentException e) {
            throw wrong("must be 0x and 1 to 64 hex digits");
        }
    }

    long longQuantity() {
        BigInteger quantity = quantity();
        if (quantity.bitLength() > 63) throw wrong("must be under 2^63");
        return quantity.longValue();
    }

    RpcException missing() {
        return new RpcException(RpcException.INVALID_PARAMS, name.contains(": ") ? "invalid " + name + " is missing" : "missing value for required " + name);
    }

    RpcException wrong(String rule) {
        String shown = value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
        return new RpcException(RpcException.INVALID_PARAMS, "invalid " + name + ": " + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown) + " " + rule);
    }
}
