package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.util.ArrayList;
import java.util.List;

/** One event of a contract, as consensus sees it. */
record Log(Address address, List<Hash> topics, byte[] data) {
    Log {
        topics = List.copyOf(topics);
    }

    List<Object> rlpItem() {
        return List.of(address.toBytes(), topics.stream().map(Hash::toBytes).toList(), data);
    }

    static Log parse(Object item) {
        var fields = Rlp.listOf(item);
        List<Hash> topics = new ArrayList<>();
        for (Object topic : Rlp.listOf(fields.get(1))) topics.add(new Hash(Rlp.bytesOf(topic)));
        return new Log(new Address(Rlp.bytesOf(fields.get(0))), topics, Rlp.bytesOf(fields.get(2)));
    }
}
