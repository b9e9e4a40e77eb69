package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a node. Chain id, gas limit and allocation make block 0 and stay the same for the life of a chain.
 *
 * @param allocation wei by address, in block 0
 * @param port 0 takes a free one
 * @param hosts names accepted in the Host header, besides the address bound to and the loopback names
 */
record NodeConfig(long chainId, long blockGasLimit, Map<Address, BigInteger> allocation, String bindAddress, int port, int maxRequestBytes, List<String> hosts) {
    /** Free among the public chain lists when chosen; 2024-0 has no other meaning. */
    static final long DEFAULT_CHAIN_ID = 20240;
    static final long DEFAULT_GAS_LIMIT = 300_000_000;

    NodeConfig {
        if (chainId <= 0 || chainId > Integer.MAX_VALUE) throw new IllegalArgumentException("chainId " + chainId + " must be 1 to 2147483647");
        if (blockGasLimit < 21_000) throw new IllegalArgumentException("blockGasLimit " + blockGasLimit + " must be at least 21000");
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port + " must be 0 to 65535");
        if (maxRequestBytes < 1024) throw new IllegalArgumentException("maxRequestBytes " + maxRequestBytes + " must be at least 1024");
        allocation = Map.copyOf(allocation);
        hosts = List.copyOf(hosts);
    }

    static NodeConfig local() {
        return new NodeConfig(DEFAULT_CHAIN_ID, DEFAULT_GAS_LIMIT, Map.of(), "127.0.0.1", 0, 5 * 1024 * 1024, List.of());
    }

    NodeConfig withAllocation(Map<Address, BigInteger> wei) {
        return new NodeConfig(chainId, blockGasLimit, wei, bindAddress, port, maxRequestBytes, hosts);
    }

    /** In the order of the addresses, so that block 0 is the same each time. */
    Map<String, BigInteger> sortedAllocation() {
        var sorted = new TreeMap<String, BigInteger>();
        allocation.forEach((address, wei) -> sorted.put(address.toString(), wei));
        return sorted;
    }
}
