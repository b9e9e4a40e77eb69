package org.carbomt.market.surveillance;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.MarketFindings;
import org.carbomt.api.market.MarketRule;
import org.carbomt.api.store.Store;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires surveillance: offers MarketFindings; the exchange, and rules of others (MarketRule), may come and go. */
@Component(service = {}, immediate = true)
public final class SurveillanceComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SurveillanceComponent.class);
    private static final long PAUSE_MILLIS = 500;
    private static final long RELATIONS_MILLIS = 10_000;
    private final ServiceTracker<Exchange, Exchange> exchange;
    private final ServiceTracker<Ledger, Ledger> ledger;
    private final ServiceTracker<Identity, Identity> identity;
    private final ServiceTracker<MarketRule, MarketRule> others;
    private final List<MarketRule> own = new CopyOnWriteArrayList<>();
    private final Patrol patrol;
    private final ServiceRegistration<MarketFindings> service;
    private final Thread watcher = new Thread(this::watch, "carbomt-market-surveillance");
    private Relations relations = (one, other) -> java.util.Optional.empty();
    private long relationsAt = Long.MIN_VALUE;
    private volatile boolean closed;

    @Activate
    public SurveillanceComponent(BundleContext context, @Reference Store store) {
        var table = new FindingTable(store.open("org.carbomt.market.surveillance", SurveillanceComponent.class.getClassLoader(), "db/market_surveillance.xml"));
        exchange = new ServiceTracker<>(context, Exchange.class, null);
        ledger = new ServiceTracker<>(context, Ledger.class, null);
        identity = new ServiceTracker<>(context, Identity.class, null);
        others = new ServiceTracker<>(context, MarketRule.class, null);
        own.addAll(List.of(new WashTrades(this::relations), new SelfCrossing(), new OrderToTrade(), new Layering(), new PriceOutliers(), new UnusualOrders()));
        patrol = new Patrol(this::rules, table);
        exchange.open();
        ledger.open();
        identity.open();
        others.open();
        watcher.start();
        service = context.registerService(MarketFindings.class, table, new Hashtable<>());
        LOG.info("surveillance of the market: {} rules", own.size());
    }

    private List<MarketRule> rules() {
        var all = new ArrayList<>(own);
        all.addAll(others.getTracked().values());
        return all;
    }

    /** Who belongs to whom changes seldom; asked again every ten seconds. */
    private Relations relations() {
        long now = System.nanoTime() / 1_000_000;
        if (relationsAt == Long.MIN_VALUE || now - relationsAt > RELATIONS_MILLIS) {
            var l = ledger.getService();
            var i = identity.getService();
            relations = Relations.of(l == null ? List.of() : l.accounts(), i == null ? List.of() : i.all());
            relationsAt = now;
        }
        return relations;
    }

    private void watch() {
        while (!closed) {
            boolean more = false;
            try {
                var e = exchange.getService();
                if (e != null) more = patrol.look(e);
            } catch (RuntimeException e) {
                LOG.warn("a look at the market failed; the next one goes on from the same event", e);
            }
            if (!more) pause();
        }
    }

    private synchronized void pause() {
        if (closed) return;
        try {
            wait(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        service.unregister();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        watcher.join(10_000);
        others.close();
        identity.close();
        ledger.close();
        exchange.close();
    }
}
