package org.carbomt.market.matching.journal;

import java.nio.ByteBuffer;
import java.util.Random;
import org.carbomt.api.canonical.Hash;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.Limits;
import org.carbomt.market.matching.engine.Op;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Watch;

/** A play of commands that follows from its seed alone: the n-th is always the same, however often the process died in between. */
final class Play {
    static final int ACCOUNTS = 4;
    static final int INSTRUMENTS = 2;
    private final Random random;
    private long ids;
    private int n;

    Play(long seed) {
        random = new Random(seed);
    }

    static Engine engine() {
        return new Engine(Limits.RULES_1, Watch.NOBODY);
    }

    /** Writes the next command. @param time the engine's clock stands still in a play without journal: times are not compared */
    void next(ByteBuffer out) {
        int i = n++;
        if (i < ACCOUNTS) {
            Commands.account(out, "account-" + i);
        } else if (i < ACCOUNTS + INSTRUMENTS) {
            Commands.instrument(out, i - ACCOUNTS + 1, 1);
        } else {
            var op = Op.random(random, ACCOUNTS, INSTRUMENTS, ids, 1 + i / 40);
            ids = Math.max(ids, op.kind() == Op.PLACE || op.kind() == Op.MOVE ? op.id() : 0);
            op.write(out);
        }
    }

    /** Hash of the state after the first commands of the play, all at time 0. */
    static Hash hash(long seed, long commands) {
        var engine = engine();
        var play = new Play(seed);
        var buffer = ByteBuffer.allocate(Commands.LONGEST);
        for (long i = 0; i < commands; i++) {
            play.next(buffer.clear());
            Commands.apply(buffer.flip(), engine);
        }
        return StateHash.of(engine);
    }
}
