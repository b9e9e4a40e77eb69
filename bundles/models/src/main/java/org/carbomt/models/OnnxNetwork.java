package org.carbomt.models;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.model.Networks;

/** One session of ONNX Runtime. Many threads may run it; closing waits for them. */
final class OnnxNetwork implements Networks.Network {
    static final long MOST_VALUES = 16 << 20;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, List<Long>> inputs;
    private final Map<String, List<Long>> outputs;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxNetwork(OrtEnvironment environment, OrtSession session, Map<String, List<Long>> inputs, Map<String, List<Long>> outputs) {
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Closes the session when it is none that can serve. */
    static OnnxNetwork of(OrtEnvironment environment, OrtSession session) throws OrtException {
        boolean kept = false;
        try {
            var network = new OnnxNetwork(environment, session, shapes(session.getInputInfo()), shapes(session.getOutputInfo()));
            kept = true;
            return network;
        } finally {
            if (!kept) session.close();
        }
    }

    private static Map<String, List<Long>> shapes(Map<String, NodeInfo> nodes) {
        var shapes = new LinkedHashMap<String, List<Long>>();
        for (var node : nodes.values()) {
            if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) throw invalid("network.type", node.getName(), String.valueOf(node.getInfo()), "a tensor of float32");
            shapes.put(node.getName(), Arrays.stream(tensor.getShape()).map(d -> d < 0 ? -1 : d).boxed().toList());
        }
        return java.util.Collections.unmodifiableMap(shapes);
    }

    @Override
    public Map<String, List<Long>> inputs() {
        return inputs;
    }

    @Override
    public Map<String, List<Long>> outputs() {
        return outputs;
    }

    @Override
    public Map<String, Networks.Tensor> run(Map<String, Networks.Tensor> given) {
        if (!given.keySet().equals(inputs.keySet())) throw invalid("network.inputs", "inputs", given.keySet().toString(), inputs.keySet().toString());
        given.forEach(this::check);
        lock.readLock().lock();
        try {
            if (closed) throw new IllegalStateException("network: closed");
            return compute(given);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void check(String name, Networks.Tensor tensor) {
        var expected = inputs.get(name);
        var shape = tensor.shape();
        long count = 1;
        boolean fits = shape.length == expected.size();
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] > 0 && shape[i] <= MOST_VALUES && (expected.get(i) == -1 || expected.get(i) == shape[i]);
            count = Math.min(count * Math.max(shape[i], 0), MOST_VALUES + 1);
        }
        if (!fits) throw invalid("network.shape", name, Arrays.toString(shape), expected + ", -1 standing for any number above 0");
        if (count > MOST_VALUES) throw invalid("network.too-large", name, Arrays.toString(shape), "at most " + MOST_VALUES + " values");
        if (count != tensor.values().length) throw invalid("network.values", name, tensor.values().length + " values", count + " for the shape " + Arrays.toString(shape));
        finite("network.input-not-finite", name, tensor.values());
    }

    private Map<String, Networks.Tensor> compute(Map<String, Networks.Tensor> given) {
        var tensors = new LinkedHashMap<String, OnnxTensor>();
        try {
            for (var e : given.entrySet()) tensors.put(e.getKey(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(e.getValue().values()), e.getValue().shape()));
            try (var result = session.run(tensors)) {
                var answer = new LinkedHashMap<String, Networks.Tensor>();
                for (var name : outputs.keySet()) {
                    if (!(result.get(name).orElse(null) instanceof OnnxTensor tensor)) throw invalid("network.output", name, "no tensor", "a tensor of float32");
                    var buffer = tensor.getFloatBuffer();
                    var values = new float[buffer.remaining()];
                    buffer.get(values);
                    finite("network.output-not-finite", name, values);
                    answer.put(name, new Networks.Tensor(tensor.getInfo().getShape(), values));
                }
                return answer;
            }
        } catch (OrtException e) {
            throw invalid("network.failed", "model.onnx", OnnxNetworks.firstLine(e), "a network that runs on inputs of its own shapes");
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static void finite(String code, String name, float[] values) {
        for (int i = 0; i < values.length; i++) if (!Float.isFinite(values[i])) throw invalid(code, name, values[i] + " at " + i, "finite numbers only");
    }

    private static CarboException.Invalid invalid(String code, String field, String value, String expected) {
        return new CarboException.Invalid(new Problem(code, field, value, expected));
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("network: cannot be closed", e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
