package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node: opens the chain of a folder, makes blocks of what is sent and serves JSON-RPC until closed. One thread takes all that waits and makes
 * one block of it (so the cost of a forced write is shared), again and again.
 */
final class EmbeddedNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedNode.class);
    final Chain chain;
    final Pool pool;
    private final RpcServer server;
    private final Thread producer;

    EmbeddedNode(Path folder, Clock clock, NodeConfig config) throws IOException {
        this.chain = new Chain(folder, clock, config);
        this.pool = new Pool(chain);
        this.producer = new Thread(this::produce, "chain-producer");
        try {
            this.server = new RpcServer(config, new JsonRpc(config.maxRequestBytes(), List.of(new ChainMethods(chain, pool), new StateMethods(chain, pool), new LogMethods(chain, pool, clock), new TraceMethods(chain))));
        } catch (IOException | RuntimeException e) {
            chain.close();
            throw e;
        }
        producer.start();
        LOG.info("Ethereum node: chain {} at block {}, validator {}, {}", config.chainId(), chain.head().number(), chain.validator.address(), rpc());
    }

    URI rpc() {
        return server.uri();
    }

    Address validator() {
        return chain.validator.address();
    }

    private void produce() {
        try {
            for (List<Transaction> taken = pool.take(); !taken.isEmpty(); taken = pool.take()) {
                var made = chain.make(taken);
                made.refused().forEach((t, reason) -> LOG.warn("Transaction {} dropped: {}", t.hash(), reason));
                pool.settle(made);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            pool.fail("the chain makes no more blocks: " + e.getMessage());
            LOG.error("Chain {} makes no more blocks until the node is started again", chain.config.chainId(), e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        pool.close();
        try {
            producer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        chain.close();
        LOG.info("Ethereum node of chain {} stopped at block {}", chain.config.chainId(), chain.head().number());
    }
}
