package fr.acinq.secp256k1;

/** What the native code throws; it looks for this name. The class of the Kotlin layer, which is left out, is a checked exception its methods do not declare. */
public final class Secp256k1Exception extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Secp256k1Exception() {}

    public Secp256k1Exception(String message) {
        super(message);
    }
}
