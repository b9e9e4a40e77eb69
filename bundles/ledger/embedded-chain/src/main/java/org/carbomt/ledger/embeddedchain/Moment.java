package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Hash;

/** State and surroundings in which a call runs. */
record Moment(Hash root, Execution.Environment env) {
    /**
     * Of a block: as if at its end. Pending: on the newest state, in the block that would be made now.
     *
     * @param pendingByDefault where the caller names no block: blocks are made on demand, so the newest may be days old
     */
    static Moment of(Chain chain, Field reference, boolean pendingByDefault) {
        boolean pending = reference.given() ? reference.value().asText().equals("pending") : pendingByDefault;
        Header header = pending ? chain.head().header() : BlockReference.state(chain, reference).header();
        return new Moment(header.stateRoot(), pending ? chain.nextEnvironment(header) : chain.environment(header.number(), header.timestamp()));
    }
}
