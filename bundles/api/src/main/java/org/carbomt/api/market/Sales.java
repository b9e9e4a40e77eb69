package org.carbomt.api.market;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Sales at a fixed price. Request ids make calls idempotent: the same id again returns the same sale. */
@ProviderType
public interface Sales {
    Sale offer(String requestId, String sellerAccount, long tokenId, long tonnes, long priceMinorPerTonne, String currency);

    /** Buys the whole offer; settlement is asked of the chain. Buyer and seller must differ; a sale has at most one buyer ever. */
    Sale buy(String saleId, String buyerAccount);

    Sale withdraw(String saleId, String sellerAccount);

    Optional<Sale> find(String saleId);

    List<Sale> list(Optional<Sale.Status> status);
}
