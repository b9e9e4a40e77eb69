/**
 * Verification: checks (built-in rules and whiteboard services) lay findings on the hours of a case, a verifier of another organisation clears what blocks
 * and signs with a P-256 key of their own.
 */
package org.carbomt.verification.workflow;
