package org.carbomt.ledger.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;

class ContractsTest {
    private final Contracts contracts = new Contracts("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f");

    private static String word(long value) {
        return String.format("%064x", BigInteger.valueOf(value));
    }

    private static String selector(String error) {
        return Hash.sha3String(error).substring(0, 10);
    }

    @Test
    void aRefusalIsToldByNameAndValues() {
        assertEquals("TonnesWrong: tonnes = 5", contracts.reason("execution reverted", selector("TonnesWrong(uint256)") + word(5)));
        assertEquals("BusinessKeyUsed: key = 0x" + word(7), contracts.reason("execution reverted", selector("BusinessKeyUsed(bytes32)") + word(7)));
        assertTrue(contracts.keyUsed(selector("BusinessKeyUsed(bytes32)") + word(7)));
        assertFalse(contracts.keyUsed("0x"));
        assertEquals("no", contracts.reason("execution reverted", "0x08c379a0" + word(32) + word(2) + "6e6f" + "0".repeat(60)));
        assertEquals("out of gas", contracts.reason("out of gas", ""));
    }

    // Revert data comes from a node or a contract that may be anyone's.
    @ParameterizedTest
    @ValueSource(strings = {"0x08c379a0", "0x08c379a0ff", "0x08c379a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "0x12345678", "0xdeadbeef00"})
    void dataThatIsNoneOfOursIsShownAsItIs(String data) {
        assertTrue(contracts.reason("execution reverted", data).startsWith("execution reverted 0x"), contracts.reason("execution reverted", data));
    }

    @Test
    void shortDataOfAKnownErrorIsShownAsItIs() {
        String data = selector("TonnesWrong(uint256)") + "05";
        assertEquals("execution reverted " + data, contracts.reason("execution reverted", data));
    }

    @Test
    void addressesFollowFromTheRegistrys() {
        assertEquals("0x72665d3e94cb4f374b7728f1ab21a3115c4d50eb", contracts.addresses().get("anchors"), "ethers 6.17 says so for nonce 0");
        assertEquals(List.of("anchors", "credits", "cash", "settlement"), List.copyOf(contracts.addresses().keySet()));
    }
}
