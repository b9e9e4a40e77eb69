package org.carbomt.field.lorawan;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.spec.SecretKeySpec;
import org.carbomt.api.intake.Outcome;

/** The keys of a device, the counter it must reach next, and what was heard of it just now. Thread safe; keys are never printed. */
final class RadioSession {
    /** A frame under way or lately done. @param doneAtMillis Long.MAX_VALUE while under way */
    private record Recent(byte[] phy, CompletableFuture<Outcome> outcome, long doneAtMillis) {}

    final String deviceId;
    final String devAddr;
    final SecretKeySpec nwkSKey;
    final SecretKeySpec appSKey;
    final Instant activatedAt;
    private final Map<Long, Recent> recent = new HashMap<>();
    private long next;

    RadioSession(String deviceId, String devAddr, byte[] nwkSKey, byte[] appSKey, long next, Instant activatedAt) {
        this.deviceId = deviceId;
        this.devAddr = devAddr;
        this.nwkSKey = new SecretKeySpec(nwkSKey, "AES");
        this.appSKey = new SecretKeySpec(appSKey, "AES");
        this.next = next;
        this.activatedAt = activatedAt;
    }

    synchronized long next() {
        return next;
    }

    /** The counter is used. Never goes back. */
    synchronized void used(long counter) {
        next = Math.max(next, counter + 1);
    }

    /** Takes the counter for a frame that is now on its way. @return false when another frame has it */
    synchronized boolean begin(long counter, byte[] phy, CompletableFuture<Outcome> outcome) {
        if (counter < next || recent.containsKey(counter)) return false;
        recent.put(counter, new Recent(phy, outcome, Long.MAX_VALUE));
        return true;
    }

    /** @param kept whether the frame is durable; if not, the counter is free for the frame's repetition */
    synchronized void finish(long counter, boolean kept, long nowMillis) {
        var frame = recent.remove(counter);
        if (kept && frame != null) recent.put(counter, new Recent(frame.phy, frame.outcome, nowMillis));
    }

    /** The outcome of the very same frame, heard by another gateway or sent again, when that was at most windowMillis ago; else null. */
    synchronized CompletableFuture<Outcome> same(byte[] phy, long nowMillis, long windowMillis) {
        recent.values().removeIf(r -> r.doneAtMillis != Long.MAX_VALUE && nowMillis - r.doneAtMillis > windowMillis);
        for (var r : recent.values()) {
            if (java.util.Arrays.equals(r.phy, phy)) return r.outcome;
        }
        return null;
    }
}
