package org.carbomt.api.verification;

/** Weight of a finding. */
public enum Severity {
    INFO,
    WARNING,
    /** Nothing is issued on the hour until a verifier clears the finding with a reason. */
    BLOCKING
}
