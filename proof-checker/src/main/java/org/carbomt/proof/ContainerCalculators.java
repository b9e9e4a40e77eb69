package org.carbomt.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;

/** The classes the container computes with. */
public final class ContainerCalculators implements Calculators {
    @Override
    public Entry entry(byte[] bytes) {
        return EntryFormat.decode(bytes);
    }

    @Override
    public HourInput hour(EmissionSource source, Instant hourStart, List<Entry> entries) {
        throw new Links.Unprovable("x");
    }

    @Override
    public Optional<RuleBook> ruleBook(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Methodology> methodology(String id) {
        return Optional.empty();
    }
}
