package org.carbomt.api.market;

import java.util.Objects;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/**
 * An order to be placed. Checked when it is built: CarboException.Invalid names the field.
 *
 * @param requestId the caller's; the same account and id again is the same order
 * @param priceMinor limit per tonne, smallest unit of the currency, at least 1; 0 for a market order
 * @param tonnes whole tonnes, at least 1
 */
public record OrderRequest(String requestId, String account, long tokenId, Order.Side side, Order.Type type, long priceMinor, long tonnes) {
    public OrderRequest {
        checkRequestId(requestId);
        if (account == null || account.isEmpty()) throw invalid("account", account, "a ledger account");
        if (tokenId < 1) throw invalid("tokenId", Long.toString(tokenId), "a token of the registry, 1 or more");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(type, "type");
        if (tonnes < 1) throw invalid("tonnes", Long.toString(tonnes), "whole tonnes, at least 1");
        if (type == Order.Type.MARKET && priceMinor != 0) throw invalid("priceMinor", Long.toString(priceMinor), "0: a market order has no price");
        if (type != Order.Type.MARKET && priceMinor < 1) throw invalid("priceMinor", Long.toString(priceMinor), "at least 1 of the smallest unit per tonne");
        if (Math.multiplyHigh(priceMinor, tonnes) != 0 || priceMinor * tonnes < 0) throw invalid("priceMinor", Long.toString(priceMinor), "a total (price times " + tonnes + " tonnes) below 2^63 of the smallest unit");
    }

    /** Throws CarboException.Invalid unless the id is 1 to 100 letters, digits and . _ : / - */
    public static void checkRequestId(String requestId) {
        if (requestId == null || !requestId.matches("[A-Za-z0-9._:/-]{1,100}")) throw invalid("requestId", requestId, "1 to 100 letters, digits and . _ : / -");
    }

    private static CarboException invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("order.invalid", field, value, expected));
    }
}
