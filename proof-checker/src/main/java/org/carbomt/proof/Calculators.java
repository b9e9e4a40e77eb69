package org.carbomt.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.Entry;

/** The arithmetic that a check does again: the same pure classes as in the container. */
public interface Calculators {
    /** Decodes the exact bytes of a journal entry. Throws a RuntimeException when they are none. */
    Entry entry(byte[] bytes);

    /** One clock hour of readings out of journal entries, as the rule book gets it. */
    HourInput hour(EmissionSource source, Instant hourStart, List<Entry> entries);

    Optional<RuleBook> ruleBook(String id);

    Optional<Methodology> methodology(String id);
}
