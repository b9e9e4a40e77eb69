package org.carbomt.ledger.ethereum;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLedgerTest extends LedgerLifecycle {
    private static EmbeddedChain chain;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        chain = new EmbeddedChain(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        chain.close();
    }

    @Override
    URI rpc() {
        return chain.rpc();
    }
}
