package org.carbomt.models;

import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/**
 * Looks at the bytes of a network before native code sees them: it must be whole, of plain operators, and keep its weights inside. Loops, functions, foreign operators and weights
 * in other files (which would be read from this machine's disk) are refused.
 */
final class Screen {
    static final int MOST_BYTES = 32 << 20;
    static final int MOST_NODES = 5_000;
    private static final int DEPTH = 4;
    static final Set<String> OPERATORS = Set.of("Abs", "Add", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "Constant", "Conv", "ConvTranspose", "Div", "Dropout", "Elu", "Erf", "Exp",
            "Flatten", "GRU", "Gather", "Gelu", "Gemm", "GlobalAveragePool", "HardSigmoid", "Identity", "InstanceNormalization", "LSTM", "LayerNormalization", "LeakyRelu", "Log", "MatMul", "Max",
            "MaxPool", "Min", "Mul", "Neg", "PRelu", "Pow", "ReduceMean", "ReduceSum", "Relu", "Reshape", "Resize", "Shape", "Sigmoid", "Slice", "Softmax", "Softplus", "Split", "Sqrt", "Squeeze",
            "Sub", "Tanh", "Transpose", "Unsqueeze", "Upsample");
    private int nodes;
    private boolean graph;

    private Screen() {}

    /** Throws CarboException.Invalid, naming what is not allowed and what would be. */
    static void check(byte[] onnx) {
        if (onnx.length == 0) throw refused("network.empty", "0 bytes", "an ONNX file");
        if (onnx.length > MOST_BYTES) throw refused("network.too-large", onnx.length + " bytes", "at most " + MOST_BYTES);
        var screen = new Screen();
        try {
            screen.model(new Wire(onnx));
        } catch (IllegalArgumentException e) {
            throw refused("network.malformed", e.getMessage(), "a whole ONNX file");
        }
        if (!screen.graph || screen.nodes == 0) throw refused("network.malformed", "no graph with operators", "a whole ONNX file");
    }

    private void model(Wire model) {
        for (int field = model.next(); field != 0; field = model.next()) {
            switch (field) {
                case 7 -> {
                    graph = true;
                    graph(model.message(), 0);
                }
                case 25 -> throw refused("network.function", "functions of its own", "plain operators only");
                default -> model.skip();
            }
        }
    }

    private void graph(Wire graph, int depth) {
        if (depth > DEPTH) throw refused("network.nested", "graphs within graphs", "one graph");
        for (int field = graph.next(); field != 0; field = graph.next()) {
            switch (field) {
                case 1 -> node(graph.message(), depth);
                case 5 -> tensor(graph.message());
                case 15 -> throw refused("network.sparse", "sparse weights", "dense weights");
                default -> graph.skip();
            }
        }
    }

    private void node(Wire node, int depth) {
        if (++nodes > MOST_NODES) throw refused("network.too-large", "more than " + MOST_NODES + " operators", "at most that many");
        for (int field = node.next(); field != 0; field = node.next()) {
            switch (field) {
                case 4 -> {
                    var operator = node.text();
                    if (!OPERATORS.contains(operator)) throw refused("network.operator", operator, "one of " + OPERATORS.stream().sorted().toList());
                }
                case 5 -> attribute(node.message(), depth);
                case 7 -> {
                    var domain = node.text();
                    if (!domain.isEmpty() && !domain.equals("ai.onnx")) throw refused("network.domain", domain, "operators of ai.onnx");
                }
                default -> node.skip();
            }
        }
    }

    private void attribute(Wire attribute, int depth) {
        for (int field = attribute.next(); field != 0; field = attribute.next()) {
            switch (field) {
                case 5, 10 -> tensor(attribute.message());
                case 6, 11 -> graph(attribute.message(), depth + 1);
                case 22, 23 -> throw refused("network.sparse", "sparse weights", "dense weights");
                default -> attribute.skip();
            }
        }
    }

    private static void tensor(Wire tensor) {
        for (int field = tensor.next(); field != 0; field = tensor.next()) {
            if (field == 13 || field == 14 && tensor.number() != 0) throw refused("network.external-data", "weights in another file", "weights inside of the ONNX file");
            if (field != 14) tensor.skip();
        }
    }

    private static CarboException.Invalid refused(String code, String value, String expected) {
        return new CarboException.Invalid(new Problem(code, "model.onnx", value, expected));
    }
}
