package org.carbomt.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static List<Long> ids(RecentEvents.Since since) {
        return since.events().stream().map(RecentEvents.Sent::id).toList();
    }

    @Test
    void givesWhatFollowedAndSaysHowManyAreGone() {
        var recent = new RecentEvents(3, 7);
        for (int i = 0; i < 5; i++) assertEquals(7_000 + i, recent.add(id -> new byte[] {(byte) id}).id());
        assertEquals(List.of(7_003L, 7_004L), ids(recent.since(7_002)));
        assertEquals(0, recent.since(7_002).missed());
        assertEquals(List.of(7_002L, 7_003L, 7_004L), ids(recent.since(7_000)));
        assertEquals(1, recent.since(7_000).missed());
        assertEquals(List.of(), ids(recent.since(7_004)));
        assertEquals(0, recent.since(7_004).missed());
    }

    @Test
    void anIdOfAnotherStartIsNotTakenForOneOfThis() {
        var recent = new RecentEvents(3, 8);
        recent.add(id -> new byte[0]);
        assertEquals(-1, recent.since(7_004).missed());
        assertEquals(-1, recent.since(8_001).missed());
        assertEquals(0, recent.since(7_999).missed());
    }
}
