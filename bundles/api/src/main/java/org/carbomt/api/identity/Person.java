package org.carbomt.api.identity;

import java.util.Optional;
import java.util.Set;

/**
 * A person or program known to the container.
 *
 * @param id {@code [a-z0-9][a-z0-9.-]{0,62}}
 * @param organisation the organisation: operator and verifier of a site must differ in it
 * @param signingKey P-256 public key, X.509 DER base64, of a verifier
 * @param accounts ledger accounts the person acts for
 */
public record Person(String id, String name, String organisation, Set<Role> roles, Optional<String> signingKey, Set<String> accounts) {
    public Person {
        if (id == null || !id.matches("[a-z0-9][a-z0-9.-]{0,62}")) throw new IllegalArgumentException("person id: " + id);
        roles = Set.copyOf(roles);
        accounts = Set.copyOf(accounts);
    }
}
