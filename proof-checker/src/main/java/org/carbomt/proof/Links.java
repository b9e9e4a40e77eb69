package org.carbomt.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gathers links: every one is evaluated, whatever became of those before it. */
final class Links {
    private final List<Link> links = new ArrayList<>();

    /** Cannot be proved by the file alone. */
    static final class Unprovable extends RuntimeException {
        Unprovable(String sentence) {
            super(sentence);
        }
    }

    /** @param check gives the sentence of success, or throws */
    void check(String name, Supplier<String> check) {
        links.add(evaluate(name, check));
    }

    private static Link evaluate(String name, Supplier<String> check) {
        try {
            return new Link(name, Link.State.HOLDS, check.get());
        } catch (Unprovable e) {
            return new Link(name, Link.State.UNCHECKED, e.getMessage());
        } catch (Broken e) {
            return new Link(name, Link.State.BROKEN, e.getMessage());
        } catch (RuntimeException e) {
            // A hostile value that no field check named: the link is broken all the same, and says by what.
            return new Link(name, Link.State.BROKEN, "cannot be read: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    List<Link> all() {
        return List.copyOf(links);
    }
}
