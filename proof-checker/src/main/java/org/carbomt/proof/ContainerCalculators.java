package org.carbomt.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;
import org.carbomt.credits.registry.BaselineIntensity;
import org.carbomt.emissions.hours.HourAssembler;
import org.carbomt.emissions.part75.Part75RuleBook;

/** The classes the container computes with, in the version this program was built from. */
public final class ContainerCalculators implements Calculators {
    private final HourAssembler assembler = new HourAssembler();
    private final List<RuleBook> ruleBooks;
    private final List<Methodology> methodologies;

    public ContainerCalculators() {
        var version = version();
        ruleBooks = List.of(new Part75RuleBook(version));
        methodologies = List.of(new BaselineIntensity(version));
    }

    @Override
    public Entry entry(byte[] bytes) {
        return EntryFormat.decode(bytes);
    }

    @Override
    public HourInput hour(EmissionSource source, Instant hourStart, List<Entry> entries) {
        return assembler.hour(source, hourStart, entries);
    }

    @Override
    public Optional<RuleBook> ruleBook(String id) {
        return ruleBooks.stream().filter(b -> b.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Methodology> methodology(String id) {
        return methodologies.stream().filter(m -> m.id().equals(id)).findFirst();
    }

    private static String version() {
        try (var in = ContainerCalculators.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
