package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.carbomt.ledger.evm.Natives;

/** The node as a program of its own, for the tests that end it by force and for the benchmark: FOLDER PORT [ADDRESS...], each with 10,000 ether. */
final class NodeProgram {
    private NodeProgram() {}

    public static void main(String[] args) throws Exception {
        Natives.unpackUnder(Path.of(args[0], "native"));
        Map<Address, BigInteger> allocation = new HashMap<>();
        for (int i = 2; i < args.length; i++) allocation.put(new Address(args[i]), BigInteger.TEN.pow(22));
        var local = NodeConfig.local();
        var node = new EmbeddedNode(Path.of(args[0]), Clock.systemUTC(),
                new NodeConfig(local.chainId(), local.blockGasLimit(), allocation, local.bindAddress(), Integer.parseInt(args[1]), local.maxRequestBytes(), local.hosts()));
        System.out.println("ready " + node.rpc());
        System.in.transferTo(java.io.OutputStream.nullOutputStream()); // until whoever started it closes the pipe or ends
        node.close();
    }
}
