package org.carbomt.api.model;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Runs networks in ONNX form. */
@ProviderType
public interface Networks {
    /** Throws CarboException.Invalid when the bytes are no network that can be run here. */
    Network open(byte[] onnx);

    /** Safe for many threads. */
    @ProviderType
    interface Network extends AutoCloseable {
        /** Shapes by name; -1 is a free dimension. All are float32. */
        Map<String, List<Long>> inputs();

        /** Shapes by name; -1 is a free dimension. */
        Map<String, List<Long>> outputs();

        /** @param inputs by name @return outputs by name. Throws CarboException.Invalid when a name or a shape does not fit */
        Map<String, Tensor> run(Map<String, Tensor> inputs);

        @Override
        void close();
    }

    /** @param shape of the values, which lie row by row */
    record Tensor(long[] shape, float[] values) {}
}
