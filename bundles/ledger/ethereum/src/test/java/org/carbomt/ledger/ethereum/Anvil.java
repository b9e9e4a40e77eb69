package org.carbomt.ledger.ethereum;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An anvil of its own on a free port, Shanghai rules, free gas. */
final class Anvil implements AutoCloseable {
    private final Process process;
    final URI rpc;

    Anvil() throws IOException, InterruptedException {
        this(31338);
    }

    Anvil(long chainId) throws IOException, InterruptedException {
        var binary = Path.of(System.getProperty("contracts"), "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");
        if (!Files.isExecutable(binary)) throw new IllegalStateException("anvil is not at " + binary + "; npm ci in contracts brings it");
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        process = new ProcessBuilder(binary.toString(), "--port", Integer.toString(port), "--hardfork", "shanghai", "--gas-price", "0", "--block-base-fee-per-gas", "0", "--chain-id", Long.toString(chainId), "--quiet")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        rpc = URI.create("http://127.0.0.1:" + port);
        var node = new Node(rpc, Duration.ofSeconds(2));
        for (int i = 0;; i++) {
            try {
                node.chainId();
                return;
            } catch (RuntimeException notYet) {
                if (i == 100 || !process.isAlive()) throw notYet;
                Thread.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
