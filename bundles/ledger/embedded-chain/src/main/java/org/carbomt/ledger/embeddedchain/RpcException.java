package org.carbomt.ledger.embeddedchain;

/** An answer with an error, by JSON-RPC 2.0 and go-ethereum's codes. */
final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final int PARSE = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int NO_METHOD = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;
    static final int SERVER = -32000;
    /** Answer of a batch too large. */
    static final int TOO_LARGE = -32003;
    /** More asked for than the node gives at once (EIP-1474). */
    static final int LIMIT = -32005;
    /** Execution reverted; data holds what the contract returned. */
    static final int REVERTED = 3;

    final int code;
    final String data;

    RpcException(int code, String message) {
        this(code, message, null);
    }

    RpcException(int code, String message, String data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }
}
