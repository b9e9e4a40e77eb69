package org.carbomt.ledger.embeddedchain;

import java.util.Optional;

/**
 * Which block a request means: number, tag, or object with blockNumber or blockHash (EIP-1898). One validator signs and nothing is ever undone, so
 * latest, safe and finalized are the same; a block to come is not shown before it is durable, so pending is latest too.
 */
final class BlockReference {
    private BlockReference() {}

    /** The block by number or tag; empty when it is not there. Latest where none is given. */
    static Optional<Block> byNumber(Chain chain, Field field) {
        if (!field.given()) return Optional.of(chain.head());
        return switch (field.text()) {
            case "latest", "pending", "safe", "finalized" -> Optional.of(chain.head());
            case "earliest" -> chain.block(0);
            default -> chain.block(number(field));
        };
    }

    /** The number or tag, as a number that may lie beyond the head. */
    static long number(Chain chain, Field field) {
        return switch (field.text()) {
            case "latest", "pending", "safe", "finalized" -> chain.head().number();
            case "earliest" -> 0;
            default -> number(field);
        };
    }

    private static long number(Field field) {
        try {
            return Hex.number(field.text()).longValueExact();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw field.wrong("must be a block number in hex under 2^63, or latest, earliest, pending, safe or finalized");
        }
    }

    /** The block whose state is asked for. @throws RpcException when it is not there */
    static Block state(Chain chain, Field field) {
        if (!field.value().isObject()) return byNumber(chain, field).orElseThrow(BlockReference::absent);
        Field hash = field.member("blockHash");
        Field number = field.member("blockNumber");
        if (hash.given() == number.given()) throw field.wrong("must have either blockHash or blockNumber");
        if (hash.given()) return chain.block(hash.hash()).orElseThrow(() -> new RpcException(RpcException.SERVER, "header for hash not found"));
        return byNumber(chain, number).orElseThrow(BlockReference::absent);
    }

    private static RpcException absent() {
        return new RpcException(RpcException.SERVER, "header not found");
    }
}
