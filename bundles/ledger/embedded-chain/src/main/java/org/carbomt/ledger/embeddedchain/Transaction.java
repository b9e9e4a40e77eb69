package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A signed transaction: legacy with EIP-155 (type 0), EIP-2930 (1) or EIP-1559 (2).
 *
 * @param maxFee wei a unit of gas, the gas price of types 0 and 1
 * @param maxPriorityFee the same as maxFee in types 0 and 1
 * @param to empty when it makes a contract
 * @param v as signed: recovery id, or for type 0 chainId * 2 + 35 + recovery id
 * @param raw as sent (EIP-2718)
 */
record Transaction(int type, long chainId, long nonce, BigInteger maxPriorityFee, BigInteger maxFee, long gas, Optional<Address> to, BigInteger value, byte[] data,
        List<Access> accessList, BigInteger v, BigInteger r, BigInteger s, byte[] raw, Hash hash, Address sender) {
    record Access(Address address, List<Hash> slots) {}

    /** Largest transaction taken, as in go-ethereum's pool. */
    static final int MAX_BYTES = 128 * 1024;

    private static final BigInteger EIP_155 = BigInteger.valueOf(35);

    /** Decodes and recovers the sender. @throws IllegalArgumentException in go-ethereum's words */
    static Transaction decode(byte[] raw, long chainId) {
        return decode(raw, chainId, null);
    }

    /** As {@link #decode(byte[], long)} with the sender known from our own log, where it was recovered before. */
    static Transaction decode(byte[] raw, long chainId, Address knownSender) {
        if (raw.length == 0) throw new IllegalArgumentException("typed transaction too short");
        int first = raw[0] & 0xff;
        if (first >= 0xc0) return legacy(raw, chainId, knownSender);
        if (first != 1 && first != 2) throw new IllegalArgumentException("transaction type not supported");
        return typed(first, raw, chainId, knownSender);
    }

    private static Transaction legacy(byte[] raw, long chainId, Address known) {
        var f = Rlp.listOf(Rlp.decode(raw));
        requireFields(f, 9);
        BigInteger v = Rlp.numberOf(f.get(6));
        if (v.compareTo(EIP_155) < 0) throw new IllegalArgumentException("only replay-protected (EIP-155) transactions allowed over RPC");
        BigInteger[] chainAndId = v.subtract(EIP_155).divideAndRemainder(BigInteger.TWO);
        requireChain(chainAndId[0], chainId);
        BigInteger price = Rlp.numberOf(f.get(1));
        byte[] signed = Rlp.list(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(5), chainId, 0L, 0L);
        return new Transaction(0, chainId, Rlp.longOf(f.get(0)), price, price, Rlp.longOf(f.get(2)), address(f.get(3)), Rlp.numberOf(f.get(4)), Rlp.bytesOf(f.get(5)),
                List.of(), v, Rlp.numberOf(f.get(7)), Rlp.numberOf(f.get(8)), raw, Keccak256.of(raw),
                sender(known, signed, Rlp.numberOf(f.get(7)), Rlp.numberOf(f.get(8)), chainAndId[1].intValue()));
    }

    private static Transaction typed(int type, byte[] raw, long chainId, Address known) {
        var f = Rlp.listOf(Rlp.decode(Arrays.copyOfRange(raw, 1, raw.length)));
        int shift = type == 2 ? 1 : 0; // EIP-1559 has two fees where EIP-2930 has one price
        requireFields(f, 11 + shift);
        requireChain(Rlp.numberOf(f.get(0)), chainId);
        BigInteger v = Rlp.numberOf(f.get(8 + shift));
        if (v.bitLength() > 1) throw new IllegalArgumentException("invalid transaction v, r, s values");
        BigInteger priority = Rlp.numberOf(f.get(2));
        BigInteger fee = Rlp.numberOf(f.get(2 + shift));
        BigInteger r = Rlp.numberOf(f.get(9 + shift));
        BigInteger s = Rlp.numberOf(f.get(10 + shift));
        byte[] signed = Rlp.concat(new byte[] {(byte) type}, Rlp.encode(f.subList(0, 8 + shift)));
        return new Transaction(type, chainId, Rlp.longOf(f.get(1)), priority, fee, Rlp.longOf(f.get(3 + shift)), address(f.get(4 + shift)), Rlp.numberOf(f.get(5 + shift)),
                Rlp.bytesOf(f.get(6 + shift)), accessList(f.get(7 + shift)), v, r, s, raw, Keccak256.of(raw), sender(known, signed, r, s, v.intValue()));
    }

    /** Wei a unit of gas that is paid; the base fee is 0. */
    BigInteger gasPrice() {
        return maxFee.min(maxPriorityFee);
    }

    /** The most it can cost its sender, wei. */
    BigInteger cost() {
        return maxFee.multiply(BigInteger.valueOf(gas)).add(value);
    }

    Optional<Address> contractAddress() {
        return to.isPresent() ? Optional.empty() : Optional.of(new Address(Arrays.copyOfRange(Keccak256.hash(Rlp.list(sender.toBytes(), nonce)), 12, 32)));
    }

    private static Address sender(Address known, byte[] signed, BigInteger r, BigInteger s, int recoveryId) {
        if (s.compareTo(Signatures.HALF_N) > 0) throw new IllegalArgumentException("invalid transaction v, r, s values");
        return known != null ? known : Signatures.recover(Keccak256.hash(signed), r, s, recoveryId);
    }

    private static void requireFields(List<?> fields, int count) {
        if (fields.size() < count) throw new IllegalArgumentException("rlp: too few elements");
        if (fields.size() > count) throw new IllegalArgumentException("rlp: input list has too many elements");
    }

    private static void requireChain(BigInteger have, long want) {
        if (!have.equals(BigInteger.valueOf(want))) throw new IllegalArgumentException("invalid chain id for signer: have " + have + " want " + want);
    }

    private static Optional<Address> address(Object item) {
        byte[] bytes = Rlp.bytesOf(item);
        if (bytes.length == 0) return Optional.empty();
        if (bytes.length != 20) throw new IllegalArgumentException("rlp: input string of " + bytes.length + " bytes for common.Address");
        return Optional.of(new Address(bytes));
    }

    private static List<Access> accessList(Object item) {
        List<Access> list = new ArrayList<>();
        for (Object element : Rlp.listOf(item)) {
            var pair = Rlp.listOf(element);
            requireFields(pair, 2);
            List<Hash> slots = new ArrayList<>();
            for (Object slot : Rlp.listOf(pair.get(1))) {
                if (Rlp.bytesOf(slot).length != 32) throw new IllegalArgumentException("rlp: input string of wrong length for common.Hash");
                slots.add(new Hash(Rlp.bytesOf(slot)));
            }
            list.add(new Access(address(pair.get(0)).orElseThrow(() -> new IllegalArgumentException("rlp: input string too short for common.Address")), List.copyOf(slots)));
        }
        return List.copyOf(list);
    }
}
