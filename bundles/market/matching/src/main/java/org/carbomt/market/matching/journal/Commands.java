package org.carbomt.market.matching.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.Verdict;

/** Commands as they stand in the journal: a byte for the kind, then its values, big end first. What is written here the engine takes without an exception. */
public final class Commands {
    /** No command is longer. */
    static final int LONGEST = 256;
    private static final byte ACCOUNT = 1;
    private static final byte INSTRUMENT = 2;
    private static final byte DEPOSIT = 3;
    private static final byte WITHDRAW = 4;
    private static final byte UNCOVER = 5;
    private static final byte PLACE = 6;
    private static final byte CANCEL = 7;
    private static final byte REDUCE = 8;
    private static final byte CUT = 9;
    private static final byte SETTLED = 10;
    private static final byte FAILED = 11;

    private Commands() {}

    /** @param name at most 200 bytes of UTF-8 */
    public static void account(ByteBuffer out, String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > 200) throw new IllegalArgumentException("account: " + name + ", expected 1 to 200 bytes");
        out.put(ACCOUNT).put((byte) bytes.length).put(bytes);
    }

    public static void instrument(ByteBuffer out, long tokenId, long tick) {
        atLeast(1, tokenId, "token");
        atLeast(1, tick, "tick");
        out.put(INSTRUMENT).putLong(tokenId).putLong(tick);
    }

    public static void deposit(ByteBuffer out, long id, int account, int asset, long amount) {
        move(out, DEPOSIT, id, account, asset, amount);
    }

    public static void withdraw(ByteBuffer out, long id, int account, int asset, long amount) {
        move(out, WITHDRAW, id, account, asset, amount);
    }

    private static void move(ByteBuffer out, byte kind, long id, int account, int asset, long amount) {
        id(id);
        atLeast(1, amount, "amount");
        out.put(kind).putLong(id).putInt(account).putShort((short) asset).putLong(amount);
    }

    public static void uncover(ByteBuffer out, int account, int asset, long amount) {
        atLeast(1, amount, "amount");
        out.put(UNCOVER).putInt(account).putShort((short) asset).putLong(amount);
    }

    public static void place(ByteBuffer out, long id, int account, int instrument, int side, int type, long price, long tonnes) {
        id(id);
        atLeast(0, price, "price");
        atLeast(1, tonnes, "tonnes");
        out.put(PLACE).put((byte) (side | type << 1)).putLong(id).putInt(account).putShort((short) instrument).putLong(price).putLong(tonnes);
    }

    public static void cancel(ByteBuffer out, int account, long id) {
        out.put(CANCEL).putInt(account).putLong(id);
    }

    public static void reduce(ByteBuffer out, int account, long id, long openTonnes) {
        atLeast(0, openTonnes, "open tonnes");
        out.put(REDUCE).putInt(account).putLong(id).putLong(openTonnes);
    }

    public static void cut(ByteBuffer out) {
        out.put(CUT);
    }

    public static void settled(ByteBuffer out, long settlement) {
        out.put(SETTLED).putLong(settlement);
    }

    public static void failed(ByteBuffer out, long settlement) {
        out.put(FAILED).putLong(settlement);
    }

    private static void id(long id) {
        if (id == 0) throw new IllegalArgumentException("id: 0, expected another");
    }

    private static void atLeast(long least, long value, String what) {
        if (value < least) throw new IllegalArgumentException(what + ": " + value + ", expected " + least + " or more");
    }

    /** Carries out the command at the buffer's position. */
    static Verdict apply(ByteBuffer in, Engine engine) {
        byte kind = in.get();
        switch (kind) {
            case PLACE: {
                int flags = in.get();
                return engine.place(in.getLong(), in.getInt(), in.getShort() & 0xffff, flags & 1, flags >> 1, in.getLong(), in.getLong());
            }
            case CANCEL:
                return engine.cancel(in.getInt(), in.getLong());
            case REDUCE:
                return engine.reduce(in.getInt(), in.getLong(), in.getLong());
            case DEPOSIT:
                return engine.deposit(in.getLong(), in.getInt(), in.getShort() & 0xffff, in.getLong());
            case WITHDRAW:
                return engine.withdraw(in.getLong(), in.getInt(), in.getShort() & 0xffff, in.getLong());
            case UNCOVER:
                return engine.uncover(in.getInt(), in.getShort() & 0xffff, in.getLong());
            case CUT:
                return engine.cut();
            case SETTLED:
                return engine.settled(in.getLong());
            case FAILED:
                return engine.failed(in.getLong());
            case INSTRUMENT:
                return engine.instrument(in.getLong(), in.getLong());
            case ACCOUNT: {
                var name = new byte[in.get() & 0xff];
                in.get(name);
                return engine.account(new String(name, StandardCharsets.UTF_8));
            }
            default:
                throw new IllegalStateException("command " + kind + " is not known to this version");
        }
    }
}
