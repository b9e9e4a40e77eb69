package org.carbomt.api.model;

import java.time.Instant;
import java.util.Map;

/**
 * What stands on a model's card ({@code card.json} beside {@code model.onnx}). A method without a network (persistence, a fixed rule) has a card too, and no file.
 *
 * @param id {@code [a-z0-9-]+}, e.g. {@code forecast-emissions-lstm-1}
 * @param kind the task it is for, e.g. {@code plume-unet}, {@code forecast-emissions}; one of each kind is in service
 * @param method e.g. {@code lstm}, {@code seasonal-naive}
 * @param sha256 of {@code model.onnx}, lower-case hex; empty without one
 * @param trainedOn what it was trained on, in words with the period
 * @param dataHash SHA-256 over the training and test data, lower-case hex
 * @param seed of all randomness of the training
 * @param trainedAt when
 * @param scores on data it has not seen, by name with the unit in the name; the first named by {@link ModelKind#score} decides
 * @param yardsticks scores of other methods on the same data, by method
 * @param parameters what the service needs to feed it: scalings, thresholds, lengths
 */
public record ModelCard(String id, String kind, String method, String sha256, String trainedOn, String dataHash, long seed, Instant trainedAt, Map<String, Double> scores,
        Map<String, Map<String, Double>> yardsticks, Map<String, double[]> parameters) {
    public ModelCard {
        scores = Map.copyOf(scores);
        yardsticks = Map.copyOf(yardsticks);
        parameters = Map.copyOf(parameters);
    }
}
