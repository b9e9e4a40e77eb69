package org.carbomt.market.settlement;

import java.time.Clock;
import java.util.Hashtable;
import java.util.Optional;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Sales;
import org.carbomt.api.store.Store;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the sales: offers Sales; the ledger may come and go. */
@Component(service = {}, immediate = true)
public final class SettlementComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementComponent.class);
    private final ServiceTracker<Ledger, Ledger> ledger;
    private final ServiceTracker<LiveEvents, LiveEvents> events;
    private final FixedPriceSales sales;
    private final ServiceRegistration<Sales> service;

    @Activate
    public SettlementComponent(BundleContext context, @Reference Store store, @Reference Clock clock) {
        var database = store.open("org.carbomt.market.settlement", SettlementComponent.class.getClassLoader(), "db/market_settlement.xml");
        events = new ServiceTracker<>(context, LiveEvents.class, null);
        events.open();
        ledger = new ServiceTracker<>(context, Ledger.class, null) {
            @Override
            public Ledger addingService(ServiceReference<Ledger> reference) {
                var added = super.addingService(reference);
                new Thread(SettlementComponent.this::requestForgotten, "carbomt-settlement").start();
                return added;
            }
        };
        sales = new FixedPriceSales(database, () -> Optional.ofNullable(ledger.getService()), () -> Optional.ofNullable(events.getService()), clock);
        ledger.open();
        service = context.registerService(Sales.class, sales, new Hashtable<>());
    }

    @Deactivate
    void stop() {
        service.unregister();
        ledger.close();
        events.close();
    }

    private void requestForgotten() {
        try {
            sales.requestForgotten();
        } catch (RuntimeException e) {
            LOG.warn("sales left unsettled could not be looked through; the next look at them does it", e);
        }
    }
}
