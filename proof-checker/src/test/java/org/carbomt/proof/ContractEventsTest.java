package org.carbomt.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events as the compiled contracts write them, not as this program believes they do (see PROVENANCE.md). */
class ContractEventsTest {
    private final Fields receipts = Fields.of(StrictJson.parse(resource()), "receipts");
    private final String credits = receipts.address("credits");
    private final String b = receipts.address("b");
    private final String c = receipts.address("c");

    @Test
    void readsWhatTheContractsWrote() {
        assertEquals(List.of(new Events.Anchored("ab".repeat(32), Events.key("anchor/batch-1"), 744, "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e")),
                Events.anchored(logs("anchored"), receipts.address("anchors")));
        assertEquals(List.of(new Events.Issued(1, Events.key("issue/1"), b, "ab".repeat(32), "cd".repeat(32), "C01-001", "stack-1", 439776, 440520, 1, 250)), Events.issued(logs("issued"), credits));
        assertEquals(List.of(new Events.Moved(1, TestProof.NOBODY, b, 1, 250)), Events.moved(logs("issued"), credits));
        assertEquals(List.of(new Events.Moved(1, b, c, 1, 100)), Events.moved(logs("moved"), credits));
        assertEquals(List.of(new Events.Retired(1, Events.key("retire/1"), c, 1, 12, "Ærlig A/S", "flights of 2026, all of them, and the train rides too")), Events.retired(logs("retired"), credits));
    }

    @Test
    void eventsOfAnotherContractDoNotCount() {
        assertEquals(List.of(), Events.retired(logs("retired"), receipts.address("anchors")));
        assertEquals(List.of(), Events.issued(logs("retired"), credits));
    }

    private List<Events.Log> logs(String name) {
        return Events.logs(RealBlockTest.receipt(receipts.object(name)));
    }

    private static byte[] resource() {
        try (var in = ContractEventsTest.class.getResourceAsStream("/contract-receipts.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
