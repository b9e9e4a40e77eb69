package org.carbomt.api.identity;

/** What a person or program may do. Deny by default. */
public enum Role {
    /** Runs the registry: people, projects, accounts, issuance, deposits. */
    ADMINISTRATOR,
    /** Operates a site: devices, sources, opens cases, offers credits of the own accounts. */
    OPERATOR,
    /** Clears findings and signs cases of others' sites. */
    VERIFIER,
    /** Buys, sells, transfers and retires for the own accounts. */
    TRADER,
    /** Reads everything, changes nothing. */
    AUDITOR
}
