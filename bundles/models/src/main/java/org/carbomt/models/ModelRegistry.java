package org.carbomt.models;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.model.ModelCard;
import org.carbomt.api.model.ModelKind;
import org.carbomt.api.model.Models;
import org.carbomt.api.model.Networks;

/** The register of models. What breaks its contract is refused with an error and not kept; what only scores worse is kept as REFUSED, with the reason. */
final class ModelRegistry implements Models {
    static final int MOST_MODELS = 500;
    private final Networks networks;
    private final Supplier<List<ModelKind>> kinds;
    private final ModelTable table;
    private final ModelFolder folder;
    private final Clock clock;

    ModelRegistry(Networks networks, Supplier<List<ModelKind>> kinds, ModelTable table, ModelFolder folder, Clock clock) {
        this.networks = networks;
        this.kinds = kinds;
        this.table = table;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public synchronized Entry offer(byte[] json, Optional<byte[]> onnx, String by) {
        var card = Cards.read(json);
        Cards.match(card, onnx);
        var kind = kind(card);
        var known = table.find(card.id());
        if (known.isPresent()) {
            if (known.get().card().sha256().equals(card.sha256()) && same(known.get().card(), card)) return known.get();
            throw new CarboException.Conflict(new Problem("model.id-taken", "id", card.id(), "an id that no other model has"));
        }
        if (table.all().size() >= MOST_MODELS) throw new CarboException.Conflict(new Problem("model.too-many", "models", String.valueOf(MOST_MODELS), "fewer"));
        accept(kind, card, onnx);
        var entry = judge(kind, card, by);
        onnx.ifPresent(o -> folder.write(card, o));
        table.add(entry, json);
        return entry;
    }

    private static boolean same(ModelCard a, ModelCard b) {
        return a.kind().equals(b.kind()) && a.method().equals(b.method()) && a.dataHash().equals(b.dataHash()) && a.seed() == b.seed() && a.trainedAt().equals(b.trainedAt()) && a.scores().equals(b.scores()) && a.yardsticks().equals(b.yardsticks());
    }

    private ModelKind kind(ModelCard card) {
        var known = kinds.get();
        return known.stream().filter(k -> k.id().equals(card.kind())).findFirst()
                .orElseThrow(() -> new CarboException.Invalid(new Problem("model.kind", "kind", card.kind(), "one of " + known.stream().map(ModelKind::id).sorted().toList())));
    }

    private void accept(ModelKind kind, ModelCard card, Optional<byte[]> onnx) {
        if (onnx.isEmpty()) {
            kind.accept(card);
            return;
        }
        try (var network = networks.open(onnx.get())) {
            kind.accept(card, network);
        }
    }

    private Entry judge(ModelKind kind, ModelCard card, String by) {
        var score = score(kind, card);
        for (var yardstick : card.yardsticks().entrySet()) {
            var other = yardstick.getValue().get(kind.score());
            if (other != null && other < score) return entry(card, State.REFUSED, kind.score() + " " + score + "; the simple method " + yardstick.getKey() + " has " + other + " on the same data", by);
        }
        var serving = inService(kind.id());
        if (serving.isEmpty()) return entry(card, State.IN_SERVICE, "the first of its kind", by);
        var before = serving.get().card();
        if (!before.dataHash().equals(card.dataHash())) return entry(card, State.REFUSED, "judged on other data than " + before.id() + ", which serves: the scores cannot be compared; a person may promote it", by);
        var old = score(kind, before);
        if (score < old) return entry(card, State.IN_SERVICE, kind.score() + " " + score + ", before it " + old + " of " + before.id(), by);
        return entry(card, State.REFUSED, kind.score() + " " + score + " is not below the " + old + " of " + before.id() + ", which serves", by);
    }

    private static double score(ModelKind kind, ModelCard card) {
        var score = card.scores().get(kind.score());
        if (score == null) throw new CarboException.Invalid(new Problem("card.score", "scores." + kind.score(), "absent", "the score by which models of the kind " + kind.id() + " are compared"));
        return score;
    }

    private Entry entry(ModelCard card, State state, String reason, String by) {
        return new Entry(card, state, reason, by, clock.instant());
    }

    @Override
    public synchronized Entry promote(String id, String by, String reason) {
        if (reason == null || reason.isBlank() || reason.length() > 500) throw new CarboException.Invalid(new Problem("field.missing", "reason", reason == null ? "" : reason, "why this model should serve, in 1 to 500 characters"));
        var known = table.find(id).orElseThrow(() -> new CarboException.NotFound("model", id));
        if (known.state() == State.IN_SERVICE) return known;
        accept(kind(known.card()), known.card(), known.card().sha256().isEmpty() ? Optional.empty() : Optional.of(folder.read(known.card())));
        var entry = entry(known.card(), State.IN_SERVICE, reason.strip(), by);
        table.promote(entry);
        return entry;
    }

    @Override
    public Optional<Entry> inService(String kind) {
        return table.all().stream().filter(e -> e.state() == State.IN_SERVICE && e.card().kind().equals(kind)).findFirst();
    }

    @Override
    public List<Entry> all() {
        return table.all();
    }

    @Override
    public byte[] network(String id) {
        return folder.read(table.find(id).orElseThrow(() -> new CarboException.NotFound("model", id)).card());
    }
}
