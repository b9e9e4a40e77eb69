package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.itests.EffectBook.Told;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test is a run with one fault that the check must name. */
class EffectCheckTest {
    private final EffectBook book = new EffectBook();
    private final Map<String, String> outbox = new HashMap<>(Map.of("done", "DONE", "refused", "REFUSED", "late", "DONE", "deploy/credits", "DONE"));
    private final List<String> chain = new ArrayList<>(List.of("done", "late"));

    @BeforeEach
    void ask() {
        for (var key : List.of("done", "refused", "late", "unknown", "rejected")) book.ask(EffectBook.Asked.of(key, "a", "b", 1, 1));
        book.told("done", Told.ACCEPTED);
        book.told("refused", Told.ACCEPTED);
        book.told("rejected", Told.REJECTED);
    }

    private List<String> violations() {
        return EffectCheck.of(book.all(), outbox, chain).violations();
    }

    @Test
    void passesWhatIsRight() {
        assertEquals(new EffectCheck(5, 2, 2, List.of()), EffectCheck.of(book.all(), outbox, chain));
    }

    @Test
    void catchesAnEffectTwice() {
        chain.add("done");
        assertEquals(List.of("happened 2 times: done"), violations());
    }

    @Test
    void catchesAnEffectNobodyAskedFor() {
        chain.add("0123");
        assertEquals(List.of("nobody asked for it: 0123"), violations());
    }

    @Test
    void catchesAnEffectThatTheClientWasTold() {
        chain.add("rejected");
        assertEquals(List.of("rejected, and happened: rejected"), violations());
    }

    @Test
    void catchesAForgottenRequest() {
        book.told("unknown", Told.ACCEPTED);
        assertEquals(List.of("accepted, and forgotten: unknown"), violations());
    }

    @Test
    void catchesBooksAheadOfTheChain() {
        chain.remove("done");
        assertEquals(List.of("DONE in the books, not on chain: done"), violations());
    }

    @Test
    void catchesBooksBehindTheChain() {
        chain.add("refused");
        assertEquals(List.of("REFUSED in the books, on chain: refused"), violations());
    }

    @Test
    void catchesWhatNeverEnds() {
        outbox.put("late", "SENT");
        assertEquals(List.of("unfinished: late is SENT"), violations());
    }
}
