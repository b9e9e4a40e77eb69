package org.carbomt.platform.rest;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;

/**
 * Decides on a call: who is calling (access key), and whether the table lets them. After 20 wrong keys within a minute an address must wait until
 * the minute is over. Any thread.
 */
final class Door {
    private static final int WRONG_KEYS_A_MINUTE = 20;
    private static final int ADDRESSES = 10_000;

    /** @param status 0 when the call may pass, else the HTTP status */
    record Decision(int status, Optional<Person> caller) {}

    private record Minute(long minute, int wrong) {}

    private final AccessTable table;
    private final Parts parts;
    private final Clock clock;
    private final Map<String, Minute> wrongKeys = new ConcurrentHashMap<>();

    Door(AccessTable table, Parts parts, Clock clock) {
        this.table = table;
        this.parts = parts;
        this.clock = clock;
    }

    Decision decide(String method, String path, String authorization, String address) {
        var row = table.find(method, path);
        long minute = clock.millis() / 60_000;
        var before = wrongKeys.get(address);
        boolean given = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        if (given && before != null && before.minute == minute && before.wrong >= WRONG_KEYS_A_MINUTE) return new Decision(429, Optional.empty());
        var caller = given ? parts.find(Identity.class).flatMap(i -> i.authenticate(authorization.substring(7).strip())) : Optional.<Person>empty();
        if (given && caller.isEmpty()) {
            if (wrongKeys.size() >= ADDRESSES) wrongKeys.values().removeIf(m -> m.minute < minute);
            wrongKeys.merge(address, new Minute(minute, 1), (a, b) -> a.minute == minute ? new Minute(minute, a.wrong + 1) : b);
        }
        if (row.isEmpty()) return new Decision(caller.isPresent() ? 404 : 401, caller);
        if (row.get().allows(caller)) return new Decision(0, caller);
        return new Decision(caller.isEmpty() ? 401 : 403, caller);
    }
}
