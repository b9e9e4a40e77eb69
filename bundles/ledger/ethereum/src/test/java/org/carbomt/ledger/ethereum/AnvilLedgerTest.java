package org.carbomt.ledger.ethereum;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class AnvilLedgerTest extends LedgerLifecycle {
    private static Anvil anvil;

    @BeforeAll
    static void start() throws Exception {
        anvil = new Anvil();
    }

    @AfterAll
    static void stop() {
        anvil.close();
    }

    @Override
    URI rpc() {
        return anvil.rpc;
    }
}
