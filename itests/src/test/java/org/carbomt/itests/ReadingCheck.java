package org.carbomt.itests;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.carbomt.itests.AckBook.Reading;

/**
 * The clients' book against the journal: what was acknowledged is there exactly once and unchanged; what was sent without an answer is there at most once;
 * nothing is there that was never sent.
 *
 * @param stored rows of the book's devices in the journal
 * @param unknown sent, not acknowledged
 * @param unknownStored of them, those in the journal
 * @param violations one sentence each
 */
record ReadingCheck(int acknowledged, int stored, int unknown, int unknownStored, List<String> violations) {
    static ReadingCheck of(Set<Reading> sent, Set<Reading> acknowledged, Collection<JournalCopy.Row> journal, ToDoubleFunction<Reading> value) {
        var violations = new ArrayList<String>();
        var devices = sent.stream().map(Reading::device).collect(Collectors.toSet());
        var found = new HashMap<Reading, JournalCopy.Row>();
        for (var row : journal) {
            if (!devices.contains(row.device())) continue;
            var reading = new Reading(row.device(), row.timeMillis());
            var before = found.put(reading, row);
            if (before != null) violations.add("doubled: " + reading + " in entries " + before.sequence() + " and " + row.sequence());
            if (!sent.contains(reading)) violations.add("never sent: " + row);
            else if (row.value() != value.applyAsDouble(reading)) violations.add("altered: " + row + ", sent as " + value.applyAsDouble(reading));
        }
        for (var reading : acknowledged) {
            if (!sent.contains(reading)) violations.add("acknowledged without being sent: " + reading);
            if (!found.containsKey(reading)) violations.add("lost: " + reading + " was acknowledged");
        }
        int unknownStored = (int) found.keySet().stream().filter(r -> !acknowledged.contains(r)).count();
        return new ReadingCheck(acknowledged.size(), found.size(), sent.size() - acknowledged.size(), unknownStored, violations);
    }

    /** @throws AssertionError naming the first violations */
    void mustHold() {
        if (!violations.isEmpty()) throw new AssertionError(violations.size() + " violations; the first: " + violations.subList(0, Math.min(10, violations.size())));
    }
}
