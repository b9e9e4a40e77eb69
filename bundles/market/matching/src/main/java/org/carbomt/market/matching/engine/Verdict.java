package org.carbomt.market.matching.engine;

/** What became of a command. Only DONE and REFUSED (which is remembered) change the state. */
public enum Verdict {
    DONE,
    /** The same request came before; nothing is done again. */
    REPEATED,
    /** Another request came before under that id. */
    DIFFERS,
    REFUSED,
    UNKNOWN_ACCOUNT,
    UNKNOWN_INSTRUMENT,
    UNKNOWN_ORDER,
    FOREIGN_ORDER,
    NOT_OPEN,
    UNKNOWN_SETTLEMENT,
    /** No more accounts or instruments. */
    FULL
}
