package org.carbomt.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published vectors: Keccak team, Ethereum's wiki on RLP, the ecrecover precompile, well-known addresses. */
class ChainVectorsTest {
    @Test
    void keccakOfPublishedInputs() {
        assertEquals("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", hex(Keccak256.hash(new byte[0])));
        assertEquals("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45", hex(Keccak256.hash("abc".getBytes(StandardCharsets.US_ASCII))));
        // ERC-20: Transfer(address,address,uint256)
        assertEquals("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", hex(Events.topic("Transfer(address,address,uint256)")));
        // Root of the empty trie: keccak of RLP of the empty string.
        assertEquals("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", hex(Keccak256.hash(Rlp.encode(new byte[0]))));
    }

    @Test
    void addressOfTheKeysOneAndTwo() {
        assertEquals("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", Secp256k1.address(Secp256k1.G));
        assertEquals("0x2b5ad5c4795c026514f8317c7a215e218dccd6cf", Secp256k1.address(Secp256k1.multiply(Secp256k1.G, BigInteger.TWO)));
    }

    @Test
    void recoversTheSignerOfThePrecompilesExample() {
        var hash = HexFormat.of().parseHex("456e9aea5e197a1f1af7a3e85a3212fa4049a3ba34c2289b4c860fc0b0c64ef3");
        var seal = HexFormat.of().parseHex("9242685bf161793cc25603c231bc2f568eb630ea16aa137d2664ac80388256084f8ae3bd7535248d0bd448298cc2e2071e56992d0774dc340c368ae950852ada1c");
        assertEquals("0x7156526fbd7a3c72969b54f64e42c10fbb768c8a", Secp256k1.signer(hash, seal));
    }

    @Test
    void refusesSealsThatAreNone() {
        var zero = new byte[65];
        assertThrows(Broken.class, () -> Secp256k1.signer(new byte[32], zero));
        var large = new byte[65];
        Arrays.fill(large, (byte) 0xff);
        assertThrows(Broken.class, () -> Secp256k1.signer(new byte[32], large));
        assertThrows(Broken.class, () -> Secp256k1.signer(new byte[32], new byte[64]));
    }

    @Test
    void rlpOfTheWikisExamples() {
        assertEquals("83646f67", hex(Rlp.encode("dog".getBytes(StandardCharsets.US_ASCII))));
        assertEquals("c88363617483646f67", hex(Rlp.encode(List.of("cat".getBytes(StandardCharsets.US_ASCII), "dog".getBytes(StandardCharsets.US_ASCII)))));
        assertEquals("80", hex(Rlp.encode(Rlp.integer(0))));
        assertEquals("820400", hex(Rlp.encode(Rlp.integer(1024))));
        assertEquals("c7c0c1c0c3c0c1c0", hex(Rlp.encode(Rlp.decode(HexFormat.of().parseHex("c7c0c1c0c3c0c1c0")))));
        var lorem = "Lorem ipsum dolor sit amet, consectetur adipisicing elit".getBytes(StandardCharsets.US_ASCII);
        assertEquals("b838", hex(Rlp.encode(lorem)).substring(0, 4));
        assertArrayEquals(lorem, (byte[]) Rlp.decode(Rlp.encode(lorem)));
    }

    @Test
    void rlpRefusesEveryOtherFormOfTheSameValue() {
        for (var bad : List.of("8101", "b801ff", "b90001ff", "f800", "83646f", "83646f6700", "c3646f", "c4836f", "", "bfffffffffffffffff", "fbffffffff", "c2c3c0")) {
            assertThrows(Broken.class, () -> Rlp.decode(HexFormat.of().parseHex(bad)), bad);
        }
        var deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0xc1);
        assertThrows(Broken.class, () -> Rlp.decode(deep));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
