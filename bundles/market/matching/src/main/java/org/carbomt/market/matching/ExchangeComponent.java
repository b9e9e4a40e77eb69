package org.carbomt.market.matching;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.backup.Backed;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the exchange: offers Exchange; the ledger may come and go; one thread settles. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.market.matching", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = ExchangeComponent.Config.class)
public final class ExchangeComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeComponent.class);
    private static final long SOON_MILLIS = 50;

    @ObjectClassDefinition(name = "CARBO MT: exchange")
    public @interface Config {
        @AttributeDefinition(description = "Folder of the market's journal; empty: data/carbomt/market")
        String directory() default "";

        @AttributeDefinition(description = "Trades are collected for so long before they are settled on chain, milliseconds")
        long settleMillis() default 1_000;
    }

    private final ServiceTracker<Ledger, Ledger> ledger;
    private final ServiceTracker<LiveEvents, LiveEvents> events;
    private final JournalledExchange exchange;
    private final List<ServiceRegistration<?>> services;
    private final long settleMillis;
    private final Thread settler = new Thread(this::settle, "carbomt-market-settlement");
    private volatile boolean closed;

    @Activate
    public ExchangeComponent(BundleContext context, Config config, @Reference Clock clock) throws IOException {
        var folder = config.directory().isEmpty() ? Path.of(System.getProperty("karaf.data", "data"), "carbomt", "market") : Path.of(config.directory());
        settleMillis = config.settleMillis();
        events = new ServiceTracker<>(context, LiveEvents.class, null);
        ledger = new ServiceTracker<>(context, Ledger.class, null);
        exchange = new JournalledExchange(folder, () -> Optional.ofNullable(ledger.getService()), () -> Optional.ofNullable(events.getService()), clock, new SecureRandom()::nextLong);
        events.open();
        ledger.open();
        settler.start();
        services = List.of(context.registerService(Exchange.class, exchange, new Hashtable<>()), context.registerService(Measured.class, this::metrics, new Hashtable<>()),
                context.registerService(Backed.class, Backed.folder("market", folder), new Hashtable<>()));
        var state = exchange.state();
        LOG.info("exchange open: {}, {} commands, {} open orders, {} settlements under way, state {}", folder, state.sequence(), state.openOrders(), state.unsettled(), state.stateHash());
    }

    private List<Metric> metrics() {
        var counts = exchange.counts();
        return List.of(Metric.counter("carbomt_market_commands_total", "Commands in the market's journal.", counts.commands()), Metric.counter("carbomt_market_trades_total", "Trades so far.", counts.trades()),
                Metric.gauge("carbomt_market_open_orders", "Orders that wait in the book.", counts.openOrders()), Metric.gauge("carbomt_market_unsettled", "Settlements that are not on chain yet.", counts.unsettled()));
    }

    private void settle() {
        while (!closed) {
            boolean underWay = false;
            try {
                underWay = exchange.settle();
            } catch (CarboException.Unavailable e) {
                LOG.warn("settlement waits: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("a round of settlement failed; the next one makes it good", e);
            }
            pause(underWay ? Math.min(SOON_MILLIS, settleMillis) : settleMillis);
        }
    }

    private synchronized void pause(long millis) {
        if (closed) return;
        try {
            wait(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        services.forEach(ServiceRegistration::unregister);
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        settler.join(10_000);
        exchange.close();
        ledger.close();
        events.close();
        LOG.info("exchange closed");
    }
}
