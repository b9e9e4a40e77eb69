package org.carbomt.market.matching.engine;

import java.nio.ByteBuffer;
import java.util.Random;
import org.carbomt.market.matching.journal.Commands;

/** A random command, for the engine and for its oracle. */
public record Op(int kind, long id, int account, int instrument, int side, int type, long price, long tonnes) {
    public static final int PLACE = 0;
    public static final int REDUCE = 1;
    public static final int MOVE = 2;
    public static final int CUT = 3;
    public static final int CLOSE = 4;
    public static final int UNCOVER = 5;

    /** @param ids requests so far: most are new, some come again, some are others' */
    public static Op random(Random r, int accounts, int instruments, long ids, long settlements) {
        int roll = r.nextInt(1000);
        int account = r.nextInt(accounts);
        int instrument = r.nextInt(instruments);
        if (roll < 600) {
            int type = r.nextInt(10) < 6 ? Codes.LIMIT : 1 + r.nextInt(3);
            long price = type == Codes.MARKET && r.nextInt(50) != 0 ? 0 : 95 + r.nextInt(11);
            if (r.nextInt(200) == 0) price = Long.MAX_VALUE / (1 + r.nextInt(4));
            long id = r.nextInt(20) == 0 && ids > 0 ? 1 + r.nextLong(ids) : ids + 1;
            return new Op(PLACE, id, account, instrument, r.nextInt(2), type, price, 1 + r.nextInt(r.nextInt(30) == 0 ? 500 : 12));
        }
        if (roll < 850) return new Op(REDUCE, 1 + r.nextLong(ids + 1), account, 0, 0, 0, 0, r.nextInt(3) == 0 ? r.nextInt(8) : 0);
        if (roll < 930) {
            long amount = r.nextInt(100) == 0 ? Long.MAX_VALUE - r.nextInt(3) : 1 + r.nextInt(1500);
            int asset = r.nextInt(instruments + 1);
            return new Op(MOVE, ids + 1, account, asset, 0, r.nextInt(4) == 0 ? Codes.WITHDRAWAL : Codes.DEPOSIT, 0, asset > 0 && amount < 2000 ? 1 + amount / 20 : amount);
        }
        if (roll < 950) return new Op(CUT, 0, 0, 0, 0, 0, 0, 0);
        if (roll < 995) return new Op(CLOSE, 1 + r.nextLong(settlements + 1), 0, 0, r.nextInt(4) == 0 ? 0 : 1, 0, 0, 0);
        return new Op(UNCOVER, 0, account, r.nextInt(instruments + 1), 0, 0, 0, 1 + r.nextInt(200));
    }

    public Verdict on(Engine e) {
        return switch (kind) {
            case PLACE -> e.place(id, account, instrument, side, type, price, tonnes);
            case REDUCE -> tonnes == 0 ? e.cancel(account, id) : e.reduce(account, id, tonnes);
            case MOVE -> type == Codes.DEPOSIT ? e.deposit(id, account, instrument, tonnes) : e.withdraw(id, account, instrument, tonnes);
            case CUT -> e.cut();
            case CLOSE -> side == 1 ? e.settled(id) : e.failed(id);
            default -> e.uncover(account, instrument, tonnes);
        };
    }

    Verdict on(SlowMarket m) {
        return switch (kind) {
            case PLACE -> m.place(id, account, instrument, side, type, price, tonnes);
            case REDUCE -> m.reduce(account, id, tonnes);
            case MOVE -> m.move(id, account, instrument, tonnes, type);
            case CUT -> m.cut();
            case CLOSE -> m.close(id, side == 1);
            default -> m.uncover(account, instrument, tonnes);
        };
    }

    public void write(ByteBuffer out) {
        switch (kind) {
            case PLACE -> Commands.place(out, id, account, instrument, side, type, price, tonnes);
            case REDUCE -> {
                if (tonnes == 0) {
                    Commands.cancel(out, account, id);
                } else {
                    Commands.reduce(out, account, id, tonnes);
                }
            }
            case MOVE -> {
                if (type == Codes.DEPOSIT) {
                    Commands.deposit(out, id, account, instrument, tonnes);
                } else {
                    Commands.withdraw(out, id, account, instrument, tonnes);
                }
            }
            case CUT -> Commands.cut(out);
            case CLOSE -> {
                if (side == 1) {
                    Commands.settled(out, id);
                } else {
                    Commands.failed(out, id);
                }
            }
            default -> Commands.uncover(out, account, instrument, tonnes);
        }
    }
}
