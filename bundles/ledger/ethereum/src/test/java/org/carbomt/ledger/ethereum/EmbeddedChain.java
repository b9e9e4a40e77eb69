package org.carbomt.ledger.ethereum;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.carbomt.ledger.embeddedchain.EmbeddedChainComponent;

/** The embedded chain as the container opens it, in a folder, on a free port. */
final class EmbeddedChain implements AutoCloseable {
    private final EmbeddedChainComponent node;

    EmbeddedChain(Path folder) throws IOException {
        node = new EmbeddedChainComponent(defaults(folder), Clock.systemUTC());
    }

    private static EmbeddedChainComponent.Config defaults(Path folder) {
        return (EmbeddedChainComponent.Config) Proxy.newProxyInstance(EmbeddedChain.class.getClassLoader(), new Class<?>[] {EmbeddedChainComponent.Config.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "directory" -> folder.toString();
            case "port" -> 0;
            default -> method.getDefaultValue();
        });
    }

    URI rpc() {
        return node.rpc();
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
