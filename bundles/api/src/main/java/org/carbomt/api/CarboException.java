package org.carbomt.api;

/** The outside world failed, or a request cannot be met. Root of our exceptions; carries a {@link Problem} with a stable code. */
public class CarboException extends RuntimeException {
    private final transient Problem problem;

    public CarboException(Problem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    public CarboException(Problem problem, Throwable cause) {
        super(problem.sentence(), cause);
        this.problem = problem;
    }

    /** @return what is wrong, fit to be shown to a user */
    public Problem problem() {
        return problem;
    }

    /** The thing asked for does not exist (HTTP 404). */
    public static final class NotFound extends CarboException {
        public NotFound(String what, String id) {
            super(new Problem("not-found", what, id, "an existing " + what));
        }
    }

    /** The request contradicts the present state (HTTP 409), e.g. a period claimed before. */
    public static final class Conflict extends CarboException {
        public Conflict(Problem problem) {
            super(problem);
        }
    }

    /** The request itself is wrong (HTTP 422). */
    public static final class Invalid extends CarboException {
        public Invalid(Problem problem) {
            super(problem);
        }
    }

    /** The caller may not do this (HTTP 403), e.g. an operator who signs his own hours. */
    public static final class Forbidden extends CarboException {
        public Forbidden(Problem problem) {
            super(problem);
        }
    }

    /** A part that is needed is absent or busy; try again later (HTTP 503). */
    public static final class Unavailable extends CarboException {
        public Unavailable(Problem problem) {
            super(problem);
        }

        public Unavailable(Problem problem, Throwable cause) {
            super(problem, cause);
        }
    }
}
