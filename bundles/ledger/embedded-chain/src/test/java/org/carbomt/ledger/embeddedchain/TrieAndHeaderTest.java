package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import io.horizen.evm.TrieHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrieAndHeaderTest {
    // go-ethereum's own hasher, by libevm, is the oracle. Up to 300 entries keys of one, two and three bytes occur, and values small enough to stand in their parents.
    @Test
    void rootsAreThoseOfGoEthereum() {
        var random = new Random(7);
        for (int count = 0; count <= 300; count += count < 20 ? 1 : 13) {
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] value = new byte[1 + random.nextInt(i % 3 == 0 ? 4 : 200)];
                random.nextBytes(value);
                values.add(value);
            }
            assertEquals(TrieHasher.Root(values.toArray(byte[][]::new)), new Hash(MerkleTrie.root(values)), count + " entries");
        }
        assertEquals("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", Hex.data(MerkleTrie.EMPTY_ROOT));
    }

    private static Hash hash(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new Hash(bytes);
    }

    // RLP and Keccak of ethers 6.17 over these 17 fields.
    @Test
    void theHashOfAHeaderIsThatOfItsRlp() {
        byte[] bloom = new byte[256];
        bloom[255] = (byte) 0x80;
        byte[] extra = new byte[97];
        Arrays.fill(extra, (byte) 0x66);
        byte[] coinbase = new byte[20];
        Arrays.fill(coinbase, (byte) 0x22);
        var header = new Header(hash(0x11), new Address(coinbase), hash(0x33), hash(0x44), hash(0x55), bloom, 300, 300_000_000, 21_000, 1_700_000_000, extra);
        assertEquals("0xfffe32b776415cfdad3c7ba8fb53c0e4a06df9e6f994805fc6b7d355a4982402", header.hash().toString());
        assertEquals("0x36a10afe0a6eff2e991d26e6471b102057016750e9d23daab652d2a3c9c4b704", Hex.data(header.sealHash()));
        assertEquals(header.hash(), Header.parse(Rlp.decode(header.rlp())).hash());
        assertEquals("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347", Hex.data(Header.NO_OMMERS));
    }

    // go-ethereum core/types/bloom9_test.go, TestBloomExtensively.
    @Test
    void theBloomIsThatOfGoEthereum() {
        byte[] bloom = new byte[Bloom.BYTES];
        for (int i = 0; i < 100; i++) Bloom.add(bloom, ("xxxxxxxxxx data " + i + " yyyyyyyyyyyyyy").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals("0xc8d3ca65cdb4874300a9e39475508f23ed6da09fdbc487f89a2dcf50b09eb263", Keccak256.of(bloom).toString());
        assertEquals(true, new Bloom.Probe("xxxxxxxxxx data 7 yyyyyyyyyyyyyy".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).mayBeIn(bloom));
        assertEquals(false, new Bloom.Probe("something else".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).mayBeIn(bloom));
    }
}
