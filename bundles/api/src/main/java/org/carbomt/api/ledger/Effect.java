package org.carbomt.api.ledger;

import java.time.Instant;
import org.carbomt.api.canonical.Hash;

/**
 * Something to be done on chain, once. The business key says what 'once' means: the same key asked a hundred times, before or after a crash,
 * has one effect. Amounts are whole: credits in tonnes, cash in the smallest unit.
 */
public sealed interface Effect {
    /** E.g. {@code anchor/batch-…}, {@code issue/project-…/2020-03-01/2020-04-01}. At most 200 characters. */
    String businessKey();

    /** Anchors the root of a batch. @param cid evidence, may be empty */
    record Anchor(String businessKey, Hash root, long leaves, String cid) implements Effect {}

    /**
     * Issues credits as ERC-1155 units of one token id (a batch). The contract refuses a (source, hour) period claimed before.
     *
     * @param account ledger account that receives
     * @param sourceId the emission source whose period is claimed
     * @param from first hour of the period claimed, UTC, to its end (exclusive)
     * @param tonnes whole tonnes
     * @param evidence root of the anchored batch of hours
     * @param terms hash of the quantification (canonical JSON)
     */
    record Issue(String businessKey, String account, String projectId, String sourceId, Instant from, Instant to, long tonnes, Hash evidence, Hash terms) implements Effect {}

    record Transfer(String businessKey, String from, String to, long tokenId, long tonnes) implements Effect {}

    /** Retires, for ever. @param beneficiary on whose behalf @param reason free text */
    record Retire(String businessKey, String account, long tokenId, long tonnes, String beneficiary, String reason) implements Effect {}

    /** Credits cash to an account (the registry confirms money received off chain). @param minor smallest unit */
    record Deposit(String businessKey, String account, long minor) implements Effect {}

    /** Credits against cash in one transaction, or neither. @param priceMinor for all of it */
    record Settle(String businessKey, String seller, String buyer, long tokenId, long tonnes, long priceMinor) implements Effect {}
}
