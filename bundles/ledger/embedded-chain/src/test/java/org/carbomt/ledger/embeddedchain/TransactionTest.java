package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final Address SENDER = new Address("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f");
    private static final Address TO = new Address("0x3535353535353535353535353535353535353535");
    // Made with ethers 6.17 by the key 0x4646...46 of EIP-155 on chain 20240.
    private static final String ACCESS_LIST = "0x01f8db824f100107830186a09435353535353535353535353535353535353535350584deadbeeff872f859941111111111111111111111111111111111111111f842a00000000000000000000000000000000000000000000000000000000000000001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd6943535353535353535353535353535353535353535c080a03c33587b342c51e4baf7399217e4b953db64143c7fe99f1145f7cf85d816aec4a05818e48656bf26d2d2faab202a06b34d7a8fc21df65faba7c96f5740dd246aba";
    private static final String DYNAMIC_FEE = "0x02f8c9824f10800164832dc6c080808560006000f3f872f859941111111111111111111111111111111111111111f842a00000000000000000000000000000000000000000000000000000000000000001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd6943535353535353535353535353535353535353535c080a0d967043449ea8f413c2653c8eee1cb73b2106a04b3da8fba18aece050360646fa05e2ff3ca78ac87137936ff7452358578841fc115829ecf6ed79b8a8d62d8f703";

    // The example of EIP-155 itself, chain 1.
    @Test
    void readsTheExampleOfEip155() {
        var t = Transaction.decode(Hex.bytes("0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"), 1);
        assertEquals(List.of(0, 9L, 21_000L), List.of(t.type(), t.nonce(), t.gas()));
        assertEquals(BigInteger.valueOf(20_000_000_000L), t.gasPrice());
        assertEquals(Optional.of(TO), t.to());
        assertEquals(BigInteger.TEN.pow(18), t.value());
        assertEquals(SENDER, t.sender());
        assertEquals("37", t.v().toString());
    }

    @Test
    void readsAnAccessListTransaction() {
        var t = Transaction.decode(Hex.bytes(ACCESS_LIST), 20240);
        assertEquals("0x9b2f6143ab0cf1e85088a360f21459fe95df9afa69a5edefcfbd4b919aeae8a1", t.hash().toString());
        assertEquals(SENDER, t.sender());
        assertEquals(List.of(1, 1L, 100_000L), List.of(t.type(), t.nonce(), t.gas()));
        assertEquals("0xdeadbeef", Hex.data(t.data()));
        assertEquals(List.of(new Transaction.Access(new Address("0x1111111111111111111111111111111111111111"),
                List.of(new Hash(Signatures.word(BigInteger.ONE)), new Hash("0x" + "ff".repeat(32)))), new Transaction.Access(TO, List.of())), t.accessList());
    }

    @Test
    void readsADynamicFeeTransaction() {
        var t = Transaction.decode(Hex.bytes(DYNAMIC_FEE), 20240);
        assertEquals("0x8d31eb9c9b7470514fdf54a11ac262895e5516f1a9c595373dfa6b5dcd5ffac6", t.hash().toString());
        assertEquals(SENDER, t.sender());
        assertEquals(List.of(2, 0L, BigInteger.ONE, BigInteger.valueOf(100), BigInteger.ONE), List.of(t.type(), t.nonce(), t.maxPriorityFee(), t.maxFee(), t.gasPrice()));
        assertEquals(Optional.of(new Address("0x72665d3e94cb4f374b7728f1ab21a3115c4d50eb")), t.contractAddress());
    }

    @Test
    void refusesInTheWordsOfGoEthereum() {
        assertEquals("invalid chain id for signer: have 20240 want 1", refusal(ACCESS_LIST, 1));
        assertEquals("transaction type not supported", refusal("0x03c0", 20240));
        assertEquals("typed transaction too short", refusal("0x", 20240));
        assertEquals("rlp: too few elements", refusal("0xc20101", 20240));
        // Not replay-protected: v 27, of before EIP-155.
        assertEquals("only replay-protected (EIP-155) transactions allowed over RPC",
                refusal("0xf85f800182520894095e7baea6a6c7c4c2dfeb977efac326af552d870a801ba048b55bfa915ac795c431978d8a6a992b628d557da5ff759b307d495a36649353a0efffd310ac743f371de3b9f7f9cb56c0b28ad43601b4ab949f53faa07bd2c804", 1));
    }

    private static String refusal(String raw, long chainId) {
        return assertThrows(IllegalArgumentException.class, () -> Transaction.decode(Hex.bytes(raw), chainId)).getMessage();
    }

    // EIP-2: with n - s and the other recovery id the signature would be good as well, and the hash another one.
    @Test
    void refusesTheOtherHalfOfS() {
        var signer = new Signer(7, 20240);
        var f = Rlp.listOf(Rlp.decode(signer.sign(0, TO, 1, "0x", 21_000)));
        BigInteger s = Rlp.numberOf(f.get(8));
        long v = Rlp.longOf(f.get(6));
        byte[] malleable = Rlp.list(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(5), (v % 2 == 0 ? v - 1 : v + 1), f.get(7), Signatures.N.subtract(s));
        assertEquals("invalid transaction v, r, s values", assertThrows(IllegalArgumentException.class, () -> Transaction.decode(malleable, 20240)).getMessage());
    }

    @Test
    void ownSignaturesRecoverToTheirSigner() {
        for (long secret = 1; secret < 50; secret++) {
            var signer = new Signer(secret, 20240);
            assertEquals(signer.address(), signer.transfer(secret, TO, secret).sender());
        }
        // RFC 6979: the example of EIP-155, signed here, has the same r and s.
        var key = new Secp256k1Key(new BigInteger("46".repeat(32), 16));
        byte[] hash = Hex.bytes("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
        assertEquals("0x28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa63627667cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d8300", Hex.data(key.sign(hash)));
    }

    // A flipped bit anywhere is refused or is another transaction of another sender; nothing but the one exception comes out.
    @Property(tries = 3000)
    void aChangedByteIsNeverTheSameTransaction(@ForAll int position, @ForAll byte change) {
        byte[] raw = Hex.bytes(DYNAMIC_FEE);
        if (change == 0) return;
        raw[Math.floorMod(position, raw.length)] ^= change;
        try {
            Transaction.decode(raw, 20240);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertEquals(false, Transaction.decode(raw, 20240).sender().equals(SENDER));
    }

    @Property(tries = 5000)
    void anyBytesAreRefusedCleanly(@ForAll @Size(max = 120) byte[] raw) {
        try {
            assertArrayEquals(raw, Transaction.decode(raw, 20240).raw());
        } catch (IllegalArgumentException e) {
            assertEquals(false, e.getMessage().isEmpty());
        }
    }
}
