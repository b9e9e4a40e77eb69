package org.carbomt.ledger.embeddedchain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a transaction did.
 *
 * @param type of its transaction: 0 legacy, 1 EIP-2930, 2 EIP-1559
 * @param cumulativeGas used in the block up to and with it
 * @param bloom 256 bytes
 */
record Receipt(int type, boolean success, long cumulativeGas, byte[] bloom, List<Log> logs) {
    Receipt {
        logs = List.copyOf(logs);
    }

    /** As in the receipts trie (EIP-2718): type byte where the type is not 0, then the RLP list. */
    byte[] encoded() {
        byte[] list = Rlp.list(success ? 1L : 0L, cumulativeGas, bloom, logs.stream().map(Log::rlpItem).toList());
        return type == 0 ? list : Rlp.concat(new byte[] {(byte) type}, list);
    }

    static Receipt parse(byte[] encoded) {
        int type = (encoded[0] & 0xff) >= 0xc0 ? 0 : encoded[0];
        var fields = Rlp.listOf(Rlp.decode(type == 0 ? encoded : Arrays.copyOfRange(encoded, 1, encoded.length)));
        List<Log> logs = new ArrayList<>();
        for (Object log : Rlp.listOf(fields.get(3))) logs.add(Log.parse(log));
        return new Receipt(type, Rlp.longOf(fields.get(0)) == 1, Rlp.longOf(fields.get(1)), Rlp.bytesOf(fields.get(2)), logs);
    }
}
