package org.carbomt.proof;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.credit.Serial;

/** Retirement, issuance and the way of the serials between them, and how many credits the hours earned. */
final class CreditLinks {
    private static final long SECONDS = 3600;
    private final Fields file;
    private final String credits;
    private final Optional<String> validator;
    private final BatchLinks period;
    private final BatchLinks baseline;
    private final Calculators calculators;

    CreditLinks(Fields file, String credits, Optional<String> validator, BatchLinks period, BatchLinks baseline, Calculators calculators) {
        this.file = file;
        this.credits = credits;
        this.validator = validator;
        this.period = period;
        this.baseline = baseline;
        this.calculators = calculators;
    }

    void check(Links links) {
        links.check("retirement.receipt", () -> receipt("retirement").inBlock());
        links.check("retirement.seal", () -> receipt("retirement").sealed(validator));
        links.check("retirement.event", this::retired);
        links.check("serials", this::serials);
        links.check("movements", this::movements);
        links.check("issuance.receipt", () -> receipt("issuance").inBlock());
        links.check("issuance.seal", () -> receipt("issuance").sealed(validator));
        links.check("issuance.event", this::issued);
        links.check("issuance.terms", this::terms);
        links.check("quantification", this::quantified);
    }

    private Fields part(String name) {
        return file.object(name);
    }

    private ChainReceipt receipt(String name) {
        return new ChainReceipt(part(name).object("receipt"));
    }

    private Events.Retired retiredEvent() {
        var key = part("retirement").text("key");
        return ChainReceipt.one(Events.retired(receipt("retirement").logs(), credits), e -> e.key().equals(Events.key(key)), "CreditsRetired under the key \"" + key + "\" by the credits contract");
    }

    private Events.Issued issuedEvent() {
        var key = part("issuance").text("key");
        return ChainReceipt.one(Events.issued(receipt("issuance").logs(), credits), e -> e.key().equals(Events.key(key)), "CreditsIssued under the key \"" + key + "\" by the credits contract");
    }

    private String retired() {
        var said = part("retirement");
        var event = retiredEvent();
        var serial = Serial.parse(said.text("serial"));
        Broken.unless(event.tokenId() == serial.tokenId() && event.serialFirst() == serial.first() && event.serialLast() == serial.last(),
                "the chain retired serials %d-%d of token %d, the file says %s", event.serialFirst(), event.serialLast(), event.tokenId(), serial);
        Broken.unless(said.integer("tokenId") == event.tokenId() && said.integer("tonnes") == serial.tonnes(), "the file retires %d t of token %d, the chain %d t of token %d",
                said.integer("tonnes"), said.integer("tokenId"), serial.tonnes(), event.tokenId());
        Broken.unless(said.address("address").equals(event.account()), "the chain retired for the account %s, the file says %s", event.account(), said.address("address"));
        Broken.unless(said.text("beneficiary").equals(event.beneficiary()), "the chain names the beneficiary \"%s\", the file \"%s\"", event.beneficiary(), said.text("beneficiary"));
        Broken.unless(said.text("reason").equals(event.reason()), "the chain names the reason \"%s\", the file \"%s\"", event.reason(), said.text("reason"));
        return "%d t, serials %d-%d of token %d, retired for \"%s\"".formatted(serial.tonnes(), event.serialFirst(), event.serialLast(), event.tokenId(), event.beneficiary());
    }

    private String issued() {
        var said = part("issuance");
        var event = issuedEvent();
        var project = part("project");
        Broken.unless(event.tokenId() == said.integer("tokenId"), "issued was token %d, the file says %d", event.tokenId(), said.integer("tokenId"));
        Broken.unless(event.serialFirst() == 1 && event.serialLast() == said.integer("tonnes"), "issued were serials %d-%d, the file says %d t", event.serialFirst(), event.serialLast(), said.integer("tonnes"));
        Broken.unless(event.account().equals(said.address("address")), "issued was to %s, the file says %s", event.account(), said.address("address"));
        Broken.unless(event.projectId().equals(project.text("id")), "issued was for project %s, the file says %s", event.projectId(), project.text("id"));
        var source = period.batch().text("sourceId");
        Broken.unless(event.sourceId().equals(source) && source.equals(project.text("sourceId")) && source.equals(part("source").text("id")) && source.equals(baseline.batch().text("sourceId")),
                "issued was for source %s, the file says %s", event.sourceId(), source);
        var from = Instant.ofEpochSecond(Math.multiplyExact(event.fromHour(), SECONDS));
        var to = Instant.ofEpochSecond(Math.multiplyExact(event.toHour(), SECONDS));
        Broken.unless(from.equals(period.batch().instant("from")) && to.equals(period.batch().instant("to")), "issued was for %s to %s, the batch has %s to %s", from, to,
                period.batch().text("from"), period.batch().text("to"));
        Broken.unless(event.evidence().equals(period.batch().hash("root").hex()), "issued was on the root %s, the batch has %s", event.evidence(), period.batch().hash("root"));
        return "%d t issued to project %s for %s to %s on the anchored root".formatted(event.serialLast(), event.projectId(), from, to);
    }

    private String serials() {
        var retired = retiredEvent();
        var issued = issuedEvent();
        Broken.unless(retired.tokenId() == issued.tokenId(), "retired was token %d, issued token %d", retired.tokenId(), issued.tokenId());
        Broken.unless(retired.serialFirst() >= issued.serialFirst() && retired.serialLast() <= issued.serialLast() && retired.serialFirst() <= retired.serialLast(),
                "the serials %d-%d retired are not within %d-%d issued", retired.serialFirst(), retired.serialLast(), issued.serialFirst(), issued.serialLast());
        var serial = Serial.parse(part("retirement").text("serial"));
        Broken.unless(serial.projectId().equals(issued.projectId()) && serial.from().equals(day(issued.fromHour())) && serial.to().equals(day(issued.toHour())),
                "the serial %s does not name the project and days of the issuance (%s, %s to %s)", serial, issued.projectId(), day(issued.fromHour()), day(issued.toHour()));
        return "serials %d-%d lie within the %d-%d issued".formatted(retired.serialFirst(), retired.serialLast(), issued.serialFirst(), issued.serialLast());
    }

    private static LocalDate day(long hour) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(Math.multiplyExact(hour, SECONDS)), ZoneOffset.UTC);
    }

    /** Follows the retired block through the proven moves: each must take it from whoever holds it then. */
    private String movements() {
        var issued = issuedEvent();
        var retired = retiredEvent();
        var holder = new TreeMap<Long, String>();
        holder.put(retired.serialFirst(), issued.account());
        holder.put(retired.serialLast() + 1, "");
        var before = List.of(receipt("issuance").header().number(), (long) receipt("issuance").index());
        int moves = 0;
        for (var given : file.list("movements")) {
            var receipt = new ChainReceipt(Fields.of(given, "movements").object("receipt"));
            receipt.inBlock();
            if (validator.isPresent()) receipt.sealed(validator);
            var here = List.of(receipt.header().number(), (long) receipt.index());
            Broken.unless(later(here, before), "the movements are not in the order of the chain");
            before = here;
            for (var move : Events.moved(receipt.logs(), credits)) {
                if (move.tokenId() == retired.tokenId() && apply(holder, move, retired)) moves++;
            }
        }
        var end = List.of(receipt("retirement").header().number(), (long) receipt("retirement").index());
        Broken.unless(later(end, before), "a movement comes after the retirement");
        var holders = new HashSet<>(holder.headMap(retired.serialLast() + 1).values());
        Broken.unless(holders.equals(java.util.Set.of(retired.account())), "the serials went to %s, retired them has %s", holders, retired.account());
        if (moves > 0 && validator.isEmpty()) throw new Links.Unprovable("the serials went in %d moves to the account that retired them; the blocks of the moves carry no seal that could be checked".formatted(moves));
        return moves == 0 ? "the account that received the serials retired them" : "the serials went in %d moves from the account that received them to the one that retired them".formatted(moves);
    }

    private static boolean later(List<Long> a, List<Long> b) {
        return a.get(0) > b.get(0) || a.get(0).equals(b.get(0)) && a.get(1) > b.get(1);
    }

    private static boolean apply(TreeMap<Long, String> holder, Events.Moved move, Events.Retired retired) {
        long first = Math.max(move.serialFirst(), retired.serialFirst());
        long last = Math.min(move.serialLast(), retired.serialLast());
        if (first > last) return false;
        for (long cut : new long[] {first, last + 1}) holder.putIfAbsent(cut, holder.floorEntry(cut).getValue());
        for (var part : new ArrayList<>(holder.subMap(first, last + 1).entrySet())) {
            Broken.unless(part.getValue().equals(move.from()), "serial %d moved from %s while %s held it", part.getKey(), move.from(), part.getValue());
            holder.put(part.getKey(), move.to());
        }
        return true;
    }

    private String terms() {
        var terms = part("issuance").object("terms");
        var hash = CanonicalJson.hash(terms.values());
        Broken.unless(issuedEvent().terms().equals(hash.hex()), "the quantification in the file has the hash %s, issued was on %s", hash, issuedEvent().terms());
        return "the quantification has the hash that the issuance names";
    }

    private String quantified() {
        var project = part("project");
        var id = project.text("methodology");
        var methodology = calculators.methodology(id).orElseThrow(() -> new Links.Unprovable("this program does not have the methodology " + id));
        var again = methodology.quantify(baseline.hours(), period.hours(), project.decimals("parameters"));
        long tonnes = part("issuance").integer("tonnes");
        Broken.unless(again.credits() == tonnes, "%s@%s gives %d t for these hours, issued were %d", id, methodology.version(), again.credits(), tonnes);
        var steps = part("issuance").object("terms").decimals("steps");
        again.steps().forEach((name, value) -> Broken.unless(steps.containsKey(name) && steps.get(name).compareTo(value) == 0, "step %s is %s in the quantification, computed again it is %s", name, steps.get(name), value.toPlainString()));
        return "%s@%s computed again gives the %d t issued".formatted(id, methodology.version(), tonnes);
    }
}
