package org.carbomt.ledger.ethereum;

import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Optional;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.ledger.EthereumNode;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.store.Store;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;

/** Wires the ledger: offers Ledger; the node is the embedded one or whatever the configuration names. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.ledger.ethereum")
@Designate(ocd = LedgerComponent.Config.class)
public final class LedgerComponent {
    @ObjectClassDefinition(name = "CARBO MT: ledger")
    public @interface Config {
        @AttributeDefinition(description = "JSON-RPC of an Ethereum node; empty: the embedded one")
        String rpcUrl() default "";

        @AttributeDefinition(description = "Address that signs the blocks of that node (Clique), for proof files; empty: not known")
        String validatorAddress() default "";

        @AttributeDefinition(description = "Price of gas in wei; 0 where gas is free, as on the embedded chain and on most private ones")
        String gasPriceWei() default "0";

        @AttributeDefinition(description = "How long one JSON-RPC request may take, seconds")
        int requestTimeoutSeconds() default 30;
    }

    private final ServiceTracker<EthereumNode, EthereumNode> nodes;
    private final ServiceTracker<LiveEvents, LiveEvents> events;
    private final EthereumLedger ledger;
    private final ServiceRegistration<Ledger> service;
    private final ServiceRegistration<?> figures;

    @Activate
    public LedgerComponent(BundleContext context, Config config, @Reference Store store, @Reference Vault vault, @Reference Clock clock) {
        nodes = new ServiceTracker<>(context, EthereumNode.class, null);
        nodes.open();
        events = new ServiceTracker<>(context, LiveEvents.class, null);
        events.open();
        var database = store.open("org.carbomt.ledger.ethereum", LedgerComponent.class.getClassLoader(), "db/ledger_ethereum.xml");
        ledger = new EthereumLedger(database, vault, () -> endpoint(config), () -> Optional.ofNullable(events.getService()), clock, new SecureRandom(), new BigInteger(config.gasPriceWei()), Duration.ofSeconds(config.requestTimeoutSeconds()));
        service = context.registerService(Ledger.class, ledger, new Hashtable<>());
        figures = context.registerService(new String[] {Measured.class.getName(), HealthCheck.class.getName()}, ledger.figures(), null);
    }

    private Optional<EthereumLedger.Endpoint> endpoint(Config config) {
        if (!config.rpcUrl().isBlank()) return Optional.of(new EthereumLedger.Endpoint(URI.create(config.rpcUrl()), Optional.of(config.validatorAddress()).filter(a -> !a.isBlank())));
        return Optional.ofNullable(nodes.getService()).map(n -> new EthereumLedger.Endpoint(n.rpc(), Optional.ofNullable(n.validatorAddress())));
    }

    @Deactivate
    void stop() {
        figures.unregister();
        service.unregister();
        ledger.close();
        nodes.close();
        events.close();
    }
}
