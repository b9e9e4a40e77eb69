package org.carbomt.api.ledger;

import java.net.URI;
import org.osgi.annotation.versioning.ConsumerType;

/** A node in this container, reached only by JSON-RPC. */
@ConsumerType
public interface EthereumNode {
    URI rpc();

    long chainId();

    /** Address whose key signs the blocks, 0x and 40 hex digits: the anchor of trust of proof files. */
    String validatorAddress();
}
