package org.carbomt.ledger.embeddedchain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carbomt.api.backup.Backed;
import org.carbomt.api.ledger.EthereumNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The container's own Ethereum node. A change of its settings closes it and opens it again. */
@Component(service = {EthereumNode.class, Backed.class}, immediate = true, configurationPid = "org.carbomt.ledger.embeddedchain")
@Designate(ocd = EmbeddedChainComponent.Config.class)
public final class EmbeddedChainComponent implements EthereumNode, Backed, AutoCloseable {
    @ObjectClassDefinition(name = "CARBO MT: embedded chain")
    public @interface Config {
        @AttributeDefinition(description = "Folder of the chain; empty: carbomt/chain in the container's data folder")
        String directory() default "";

        @AttributeDefinition(description = "Address JSON-RPC listens on. It knows no passwords: keep it on loopback unless the network is trusted")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "Port of JSON-RPC; 0: a free one")
        int port() default 8545;

        @AttributeDefinition(description = "Names accepted in the Host header besides localhost and addresses, separated by commas")
        String hosts() default "";

        @AttributeDefinition(description = "Largest request taken, bytes")
        int maxRequestBytes() default 5 * 1024 * 1024;

        @AttributeDefinition(description = "Chain id (EIP-155); set before the first start, fixed for the life of a chain")
        long chainId() default NodeConfig.DEFAULT_CHAIN_ID;

        @AttributeDefinition(description = "Most gas in a block; set before the first start, fixed for the life of a chain")
        long blockGasLimit() default NodeConfig.DEFAULT_GAS_LIMIT;
    }

    private final Path folder;
    private final EmbeddedNode node;

    @Activate
    public EmbeddedChainComponent(Config config, @Reference Clock clock) throws IOException {
        folder = config.directory().isBlank() ? Path.of(System.getProperty("karaf.data", "data"), "carbomt", "chain") : Path.of(config.directory());
        List<String> hosts = Arrays.stream(config.hosts().split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
        node = new EmbeddedNode(folder, clock, new NodeConfig(config.chainId(), config.blockGasLimit(), Map.of(), config.host(), config.port(), config.maxRequestBytes(), hosts));
    }

    @Deactivate
    @Override
    public void close() throws IOException {
        node.close();
    }

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public Path folder() {
        return folder;
    }

    /** Go's state database is made again from the blocks. */
    @Override
    public Set<String> without() {
        return Set.of("state", "state.damaged");
    }

    @Override
    public URI rpc() {
        return node.rpc();
    }

    @Override
    public long chainId() {
        return node.chain.config.chainId();
    }

    @Override
    public String validatorAddress() {
        return node.validator().toString();
    }
}
