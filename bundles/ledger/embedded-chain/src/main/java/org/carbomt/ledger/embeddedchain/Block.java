package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.util.ArrayList;
import java.util.List;

/** A block with its receipts, and the senders of its transactions so that a read need not recover them. */
record Block(Header header, Hash hash, List<Transaction> transactions, List<Receipt> receipts) {
    Block {
        transactions = List.copyOf(transactions);
        receipts = List.copyOf(receipts);
    }

    static Block of(Header header, List<Transaction> transactions, List<Receipt> receipts) {
        return new Block(header, header.hash(), transactions, receipts);
    }

    long number() {
        return header.number();
    }

    long gasUsed(int index) {
        return receipts.get(index).cumulativeGas() - (index == 0 ? 0 : receipts.get(index - 1).cumulativeGas());
    }

    /** Number of the first log of that transaction within the block. */
    int firstLog(int index) {
        return receipts.subList(0, index).stream().mapToInt(r -> r.logs().size()).sum();
    }

    /** As between Ethereum nodes: header, transactions, no ommers, no withdrawals. */
    byte[] networkRlp() {
        return Rlp.list(new Rlp.Raw(header.rlp()), transactions.stream().map(t -> t.type() == 0 ? new Rlp.Raw(t.raw()) : t.raw()).toList(), List.of(), List.of());
    }

    /** As in the block log. */
    byte[] rlp() {
        return Rlp.list(new Rlp.Raw(header.rlp()), transactions.stream().map(Transaction::raw).toList(), receipts.stream().map(Receipt::encoded).toList(),
                transactions.stream().map(t -> t.sender().toBytes()).toList());
    }

    static Block parse(byte[] rlp, long chainId) {
        var f = Rlp.listOf(Rlp.decode(rlp));
        List<Transaction> transactions = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        var raws = Rlp.listOf(f.get(1));
        for (int i = 0; i < raws.size(); i++) {
            transactions.add(Transaction.decode(Rlp.bytesOf(raws.get(i)), chainId, new Address(Rlp.bytesOf(Rlp.listOf(f.get(3)).get(i)))));
            receipts.add(Receipt.parse(Rlp.bytesOf(Rlp.listOf(f.get(2)).get(i))));
        }
        return of(Header.parse(f.get(0)), transactions, receipts);
    }
}
