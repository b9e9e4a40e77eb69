package org.carbomt.ledger.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/** Follows a Merkle-Patricia proof from its root (yellow paper, appendix D), as a stranger who has only the root would. */
final class StateProof {
    private StateProof() {}

    /** @return the RLP of the value at that key, empty when the proof shows that there is none */
    static Optional<byte[]> value(String root, byte[] key, JsonNode nodes) {
        String path = Numeric.toHexStringNoPrefix(Hash.sha3(key));
        byte[] expected = Numeric.hexStringToByteArray(root);
        for (var hex : nodes) {
            byte[] rlp = Numeric.hexStringToByteArray(hex.asText());
            if (!Arrays.equals(expected, Hash.sha3(rlp))) throw new IllegalStateException("a node of the proof does not have the hash its parent names");
            if (rlp.length == 1) return Optional.empty(); // 0x80, the empty trie
            RlpType next = null;
            for (var node = (RlpList) RlpDecoder.decode(rlp).getValues().get(0);;) {
                if (node.getValues().size() == 17) {
                    next = node.getValues().get(Character.digit(path.charAt(0), 16));
                    path = path.substring(1);
                } else {
                    String compact = Numeric.toHexStringNoPrefix(bytes(node.getValues().get(0)));
                    boolean leaf = compact.charAt(0) >= '2';
                    String shared = compact.substring((compact.charAt(0) - '0') % 2 == 1 ? 1 : 2);
                    if (!path.startsWith(shared)) return Optional.empty();
                    path = path.substring(shared.length());
                    if (leaf) return Optional.of(bytes(node.getValues().get(1)));
                    next = node.getValues().get(1);
                }
                if (!(next instanceof RlpList inner)) break;
                node = inner; // a small node stands in its parent
            }
            if (bytes(next).length == 0) return Optional.empty();
            expected = bytes(next);
        }
        throw new IllegalStateException("the proof ends before its key");
    }

    private static byte[] bytes(RlpType item) {
        return ((RlpString) item).getBytes();
    }
}
