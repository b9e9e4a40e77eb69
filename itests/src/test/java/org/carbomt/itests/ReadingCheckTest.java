package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.carbomt.itests.AckBook.Reading;
import org.junit.jupiter.api.Test;

/** The check must catch what it is there for: each test is a journal with one fault. */
class ReadingCheckTest {
    private final Set<Reading> sent = LongStream.range(0, 100).mapToObj(t -> new Reading("d", t)).collect(Collectors.toSet());
    private final Set<Reading> acknowledged = LongStream.range(0, 90).mapToObj(t -> new Reading("d", t)).collect(Collectors.toSet());
    private final List<JournalCopy.Row> journal = new ArrayList<>(LongStream.range(0, 95).mapToObj(t -> new JournalCopy.Row(t, "d", t, t % 7)).toList());

    private ReadingCheck check() {
        return ReadingCheck.of(sent, acknowledged, journal, r -> r.timeMillis() % 7);
    }

    @Test
    void passesWhatIsRight() {
        assertEquals(new ReadingCheck(90, 95, 10, 5, List.of()), check());
        check().mustHold();
    }

    @Test
    void catchesALostAcknowledgement() {
        journal.remove(37);
        assertEquals(List.of("lost: " + new Reading("d", 37) + " was acknowledged"), check().violations());
        assertThrows(AssertionError.class, check()::mustHold);
    }

    @Test
    void catchesADoubledReading() {
        journal.add(new JournalCopy.Row(400, "d", 12, 5));
        assertTrue(check().violations().get(0).startsWith("doubled: "), check().toString());
    }

    // not acknowledged may be there or not, but not twice
    @Test
    void catchesADoubledUnknown() {
        journal.add(new JournalCopy.Row(400, "d", 93, 2));
        assertTrue(check().violations().get(0).startsWith("doubled: "), check().toString());
    }

    @Test
    void catchesAnAlteredValue() {
        journal.set(5, new JournalCopy.Row(5, "d", 5, 5.0000001));
        assertTrue(check().violations().get(0).startsWith("altered: "), check().toString());
    }

    @Test
    void catchesWhatWasNeverSent() {
        journal.add(new JournalCopy.Row(400, "d", 1_000, 6));
        assertTrue(check().violations().get(0).startsWith("never sent: "), check().toString());
    }

    @Test
    void leavesOtherDevicesAlone() {
        journal.add(new JournalCopy.Row(400, "another", 1_000, 6));
        check().mustHold();
    }
}
