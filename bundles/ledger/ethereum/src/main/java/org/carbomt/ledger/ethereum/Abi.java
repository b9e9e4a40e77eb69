package org.carbomt.ledger.ethereum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.utils.Numeric;

/** Values by the names of their ABI types; the raw types of web3j's decoder stay in here. Bytes come as 0x text, numbers as BigInteger. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class Abi {
    private Abi() {}

    /** @return empty when the data does not hold these types: it comes from outside */
    static Optional<List<Object>> decode(String data, List<String> types) {
        try {
            List<TypeReference<Type>> references = new ArrayList<>();
            for (var type : types) references.add(TypeReference.makeTypeReference(type));
            List<Object> values = new ArrayList<>();
            for (var value : FunctionReturnDecoder.decode(data, references)) values.add(plain(value));
            return values.size() == types.size() ? Optional.of(values) : Optional.empty();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no such ABI types: " + types, e);
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** @param topic of an indexed parameter; of a string or bytes it is the hash */
    static Object indexed(String topic, String type) {
        try {
            return plain(FunctionReturnDecoder.decodeIndexedValue(topic, TypeReference.makeTypeReference(type)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no such ABI type: " + type, e);
        }
    }

    private static Object plain(Type value) {
        return value.getValue() instanceof byte[] bytes ? Numeric.toHexString(bytes) : value.getValue();
    }
}
