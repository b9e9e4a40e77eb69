package org.carbomt.platform.rest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest live events under ids that count up, for a client that was away for a moment. Ids begin above those of any earlier start, so that an id of then is never mistaken for one of
 * now. Any thread.
 */
final class RecentEvents {
    /** @param event as it goes over the line */
    record Sent(long id, byte[] event) {}

    /** @param missed how many events after the id are no longer known; -1: an id of another start, nobody knows how many */
    record Since(List<Sent> events, long missed) {}

    private final ArrayDeque<Sent> ring = new ArrayDeque<>();
    private final int most;
    private final long first;
    private long last;

    /** @param startMillis of this start; a million events a second would have to come to reach the ids of a start one second later */
    RecentEvents(int most, long startMillis) {
        this.most = most;
        this.first = startMillis * 1_000;
        this.last = first - 1;
    }

    interface Form {
        byte[] of(long id);
    }

    synchronized Sent add(Form form) {
        long id = last + 1;
        var sent = new Sent(id, form.of(id));
        last = id;
        if (ring.size() == most) ring.poll();
        ring.add(sent);
        return sent;
    }

    /** Those after that id. */
    synchronized Since since(long id) {
        if (id < first - 1 || id > last) return new Since(List.of(), -1);
        var after = new ArrayList<Sent>();
        for (var s : ring) if (s.id > id) after.add(s);
        return new Since(after, last - id - after.size());
    }
}
