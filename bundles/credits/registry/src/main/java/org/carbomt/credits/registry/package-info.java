/**
 * The registry of credits: projects, issuance by a methodology, transfers, retirements with their certificates, and the trace of a credit. What is on chain is
 * read from the chain; the tables here keep only what the chain does not know.
 */
package org.carbomt.credits.registry;
