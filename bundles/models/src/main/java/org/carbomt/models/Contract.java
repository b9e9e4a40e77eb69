package org.carbomt.models;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.model.ModelCard;
import org.carbomt.api.model.ModelKind;
import org.carbomt.api.model.Networks;

/**
 * A task by its shapes: a network is tried on batches of one and of three, of zeros and of seeded noise, and must answer with the shapes and within the range stated.
 *
 * @param inputs and outputs without the first dimension, which is the batch and must be free
 * @param low least value an output may have
 * @param high greatest value an output may have
 * @param parameters names that the card must have, with how many finite numbers each
 */
public record Contract(String id, String score, Map<String, List<Long>> inputs, Map<String, List<Long>> outputs, double low, double high, Map<String, Integer> parameters) implements ModelKind {
    /** Plumes in scenes of 32 x 32 pixels: {@code scene} holds the normalised enhancement (0 where invalid) and a mask of valid pixels, {@code plume} the probability that a pixel is one. */
    public static Contract plume() {
        return new Contract("plume-unet", "oneMinusIou", Map.of("scene", List.of(2L, 32L, 32L)), Map.of("plume", List.of(1L, 32L, 32L)), 0, 1, Map.of("threshold", 1));
    }

    /** The kinds that are known here. */
    public static List<Contract> all() {
        return List.of(plume());
    }

    @Override
    public void accept(ModelCard card) {
        parameters.forEach((name, count) -> {
            var values = card.parameters().get(name);
            if (values == null || values.length != count) throw invalid("card.parameter", "parameters." + name, values == null ? "absent" : values.length + " numbers", count + " numbers");
        });
    }

    @Override
    public void accept(ModelCard card, Networks.Network network) {
        accept(card);
        compare("inputs", network.inputs(), inputs);
        compare("outputs", network.outputs(), outputs);
        var noise = new Random(1);
        for (int batch : new int[] {1, 3}) {
            answer(batch, network.run(trial(batch, () -> 0)));
            answer(batch, network.run(trial(batch, () -> (float) noise.nextGaussian())));
        }
    }

    private interface Values {
        float next();
    }

    private Map<String, Networks.Tensor> trial(int batch, Values values) {
        var tensors = new java.util.HashMap<String, Networks.Tensor>();
        inputs.forEach((name, dims) -> {
            var data = new float[(int) (batch * size(dims))];
            for (int i = 0; i < data.length; i++) data[i] = values.next();
            tensors.put(name, new Networks.Tensor(withBatch(batch, dims), data));
        });
        return tensors;
    }

    private void answer(int batch, Map<String, Networks.Tensor> answer) {
        outputs.forEach((name, dims) -> {
            var tensor = answer.get(name);
            if (!java.util.Arrays.equals(tensor.shape(), withBatch(batch, dims))) throw invalid("contract.output", name, java.util.Arrays.toString(tensor.shape()), java.util.Arrays.toString(withBatch(batch, dims)));
            for (float v : tensor.values()) if (!(v >= low && v <= high)) throw invalid("contract.range", name, String.valueOf(v), low + " to " + high);
        });
    }

    private void compare(String what, Map<String, List<Long>> found, Map<String, List<Long>> expected) {
        if (!found.keySet().equals(expected.keySet())) throw invalid("contract." + what, what, found.keySet().toString(), expected.keySet().toString());
        expected.forEach((name, dims) -> {
            var shape = found.get(name);
            boolean fits = shape.size() == dims.size() + 1 && shape.get(0) == -1;
            for (int i = 0; fits && i < dims.size(); i++) fits = shape.get(i + 1) == -1 || shape.get(i + 1).equals(dims.get(i));
            if (!fits) throw invalid("contract." + what, name, shape.toString(), "[-1, " + dims.toString().substring(1) + ", -1 being the free batch");
        });
    }

    private static long size(List<Long> dims) {
        return dims.stream().reduce(1L, (a, b) -> a * b);
    }

    private static long[] withBatch(int batch, List<Long> dims) {
        var shape = new long[dims.size() + 1];
        shape[0] = batch;
        for (int i = 0; i < dims.size(); i++) shape[i + 1] = dims.get(i);
        return shape;
    }

    private CarboException.Invalid invalid(String code, String field, String value, String expected) {
        return new CarboException.Invalid(new Problem(code, field, value, expected + " (kind " + id + ")"));
    }
}
