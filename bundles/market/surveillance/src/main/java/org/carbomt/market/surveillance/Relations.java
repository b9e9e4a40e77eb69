package org.carbomt.market.surveillance;

import java.util.Collection;
import java.util.Optional;
import org.carbomt.api.identity.Person;
import org.carbomt.api.ledger.Ledger;

/** Whether two accounts belong together. */
@FunctionalInterface
interface Relations {
    /** @return why, in words */
    Optional<String> between(String one, String other);

    /** By holder, by the person who acts for both, by the organisation of those who act for them. */
    static Relations of(Collection<Ledger.Account> accounts, Collection<Person> people) {
        return (one, other) -> {
            var holder = holder(accounts, one);
            if (holder.isPresent() && holder.equals(holder(accounts, other))) return Optional.of("both are held by " + holder.get());
            for (var p : people) if (p.accounts().contains(one) && p.accounts().contains(other)) return Optional.of(p.id() + " acts for both");
            for (var p : people) {
                for (var q : people) {
                    if (p.accounts().contains(one) && q.accounts().contains(other) && p.organisation().equals(q.organisation())) return Optional.of(p.id() + " and " + q.id() + " of " + p.organisation() + " act for them");
                }
            }
            return Optional.empty();
        };
    }

    private static Optional<String> holder(Collection<Ledger.Account> accounts, String id) {
        return accounts.stream().filter(a -> a.id().equals(id)).map(a -> a.holder().strip().toLowerCase(java.util.Locale.ROOT)).filter(h -> !h.isEmpty()).findFirst();
    }
}
