package org.carbomt.proof;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The events of our contracts in a receipt, decoded by the ABI of Solidity. The signatures are those of contracts/src. */
final class Events {
    static final String ISSUED = "CreditsIssued(uint256,bytes32,address,bytes32,bytes32,string,string,uint256,uint256,uint256,uint256)";
    static final String RETIRED = "CreditsRetired(uint256,bytes32,address,uint256,uint256,string,string)";
    static final String MOVED = "SerialsMoved(uint256,address,address,uint256,uint256)";
    static final String ANCHORED = "RootAnchored(bytes32,bytes32,uint256,string)";

    private Events() {}

    /** @param topics 32 bytes each, the first names the event. @param data the values that are not indexed */
    record Log(String address, List<byte[]> topics, byte[] data) {}

    record Issued(long tokenId, String key, String account, String evidence, String terms, String projectId, String sourceId, long fromHour, long toHour, long serialFirst, long serialLast) {}

    record Retired(long tokenId, String key, String account, long serialFirst, long serialLast, String beneficiary, String reason) {}

    record Moved(long tokenId, String from, String to, long serialFirst, long serialLast) {}

    record Anchored(String root, String key, long leaves, String cid) {}

    /** The logs of a receipt as it stands in the trie: legacy, or typed (EIP-2718). Breaks when the transaction failed. */
    static List<Log> logs(byte[] receipt) {
        Broken.unless(receipt.length > 1, "the receipt is empty");
        boolean typed = receipt[0] > 0 && receipt[0] < 0x7f;
        var fields = Rlp.list(Rlp.decode(typed ? Arrays.copyOfRange(receipt, 1, receipt.length) : receipt), "the receipt");
        Broken.unless(fields.size() == 4, "the receipt has %d fields, expected 4", fields.size());
        Broken.unless(Arrays.equals(Rlp.bytes(fields.get(0), "the receipt's status"), new byte[] {1}), "the receipt says that the transaction failed");
        var logs = new ArrayList<Log>();
        for (var item : Rlp.list(fields.get(3), "the receipt's logs")) {
            var log = Rlp.list(item, "a log");
            Broken.unless(log.size() == 3, "a log has %d fields, expected 3", log.size());
            var topics = Rlp.list(log.get(1), "a log's topics").stream().map(t -> Rlp.bytes(t, "a topic")).toList();
            for (var topic : topics) Broken.unless(topic.length == 32, "a topic has %d bytes", topic.length);
            logs.add(new Log("0x" + HexFormat.of().formatHex(Rlp.bytes(log.get(0), "a log's address")), topics, Rlp.bytes(log.get(2), "a log's data")));
        }
        return logs;
    }

    static List<Issued> issued(List<Log> logs, String contract) {
        return named(logs, contract, ISSUED, 4).map(l -> new Issued(integer(l.topics().get(1)), hex(l.topics().get(2)), address(l.topics().get(3)), hex(word(l, 0)), hex(word(l, 1)),
                text(l, 2), text(l, 3), integer(word(l, 4)), integer(word(l, 5)), integer(word(l, 6)), integer(word(l, 7)))).toList();
    }

    static List<Retired> retired(List<Log> logs, String contract) {
        return named(logs, contract, RETIRED, 4).map(l -> new Retired(integer(l.topics().get(1)), hex(l.topics().get(2)), address(l.topics().get(3)), integer(word(l, 0)), integer(word(l, 1)),
                text(l, 2), text(l, 3))).toList();
    }

    static List<Moved> moved(List<Log> logs, String contract) {
        return named(logs, contract, MOVED, 4).map(l -> new Moved(integer(l.topics().get(1)), address(l.topics().get(2)), address(l.topics().get(3)), integer(word(l, 0)), integer(word(l, 1)))).toList();
    }

    static List<Anchored> anchored(List<Log> logs, String contract) {
        return named(logs, contract, ANCHORED, 3).map(l -> new Anchored(hex(l.topics().get(1)), hex(l.topics().get(2)), integer(word(l, 0)), text(l, 1))).toList();
    }

    static byte[] topic(String signature) {
        return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII));
    }

    /** A business key as the contracts know it. */
    static String key(String text) {
        return hex(Keccak256.hash(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static java.util.stream.Stream<Log> named(List<Log> logs, String contract, String signature, int topics) {
        var topic = topic(signature);
        return logs.stream().filter(l -> l.address().equals(contract) && l.topics().size() == topics && Arrays.equals(l.topics().get(0), topic));
    }

    private static byte[] word(Log log, int index) {
        Broken.unless(log.data().length >= 32 * (index + 1), "an event's data is cut short");
        return Arrays.copyOfRange(log.data(), 32 * index, 32 * index + 32);
    }

    private static String text(Log log, int index) {
        long offset = integer(word(log, index));
        Broken.unless(offset % 32 == 0 && offset <= log.data().length - 32, "a text of an event lies outside its data");
        long length = integer(word(log, (int) (offset / 32)));
        Broken.unless(length <= log.data().length - 32 - offset, "a text of an event is cut short");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(log.data(), (int) offset + 32, (int) length)).toString();
        } catch (CharacterCodingException e) {
            throw new Broken("a text of an event is not UTF-8");
        }
    }

    private static long integer(byte[] word) {
        var value = new BigInteger(1, word);
        Broken.unless(value.bitLength() < 63, "a number of an event is too large: %s", value);
        return value.longValue();
    }

    private static String address(byte[] word) {
        return "0x" + HexFormat.of().formatHex(word, 12, 32);
    }

    private static String hex(byte[] word) {
        return HexFormat.of().formatHex(word);
    }
}
