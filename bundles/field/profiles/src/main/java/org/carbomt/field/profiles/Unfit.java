package org.carbomt.field.profiles;

import org.carbomt.api.Problem;

/** A payload that a profile cannot read: the way out of nested parsers, without a stack trace. Never leaves this package. */
final class Unfit extends Exception {
    private final transient Problem problem;

    Unfit(String code, String field, String value, String expected) {
        super(code, null, false, false);
        this.problem = new Problem(code, field, value, expected);
    }

    Problem problem() {
        return problem;
    }
}
