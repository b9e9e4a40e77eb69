package org.carbomt.market.matching.journal;

import org.carbomt.api.CarboException;
import org.carbomt.market.matching.engine.Verdict;

/** Hears what became of a command, once, and must not take long. */
public interface Reply {
    /** It is durable and carried out; called under the market's lock, before any later command. */
    void done(Verdict verdict);

    /** It could not be written and was not carried out. */
    void failed(CarboException reason);
}
