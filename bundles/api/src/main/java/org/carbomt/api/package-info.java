/**
 * The story of the system, told by its types.
 *
 * <p>A {@link org.carbomt.api.device.Device} sends a message. Its protocol hands it as an
 * {@link org.carbomt.api.intake.Arrival} to the {@link org.carbomt.api.intake.Intake}, where a
 * {@link org.carbomt.api.device.Profile} decodes it into a {@link org.carbomt.api.reading.ReadingBlock}. The
 * {@link org.carbomt.api.journal.Journal} stores it, and only then is the sender told so. From the journal the hours are derived:
 * a {@link org.carbomt.api.emission.RuleBook} turns an hour of readings into an {@link org.carbomt.api.emission.HourlyRecord}.
 * {@link org.carbomt.api.verification.Check Checks} raise {@link org.carbomt.api.verification.Finding findings}, a verifier signs the
 * {@link org.carbomt.api.verification.VerificationCase case}. Signed hours become an {@link org.carbomt.api.proof.HourBatch} whose Merkle
 * root the {@link org.carbomt.api.ledger.Ledger} anchors on chain. A {@link org.carbomt.api.credit.Methodology} says how many whole
 * tonnes the hours earned; the {@link org.carbomt.api.credit.Credits registry} issues them with serials, moves and retires them;
 * {@link org.carbomt.api.market.Sales} sells them. A proof file leads all the way back.
 *
 * <p>Bundles meet only through these types. Quantities that are counted (credits, grams, money) are integers or decimals, times are UTC,
 * an hour is named by its start.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carbomt.api;
