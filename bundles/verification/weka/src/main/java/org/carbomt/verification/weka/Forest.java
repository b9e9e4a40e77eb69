package org.carbomt.verification.weka;

import java.util.ArrayList;
import java.util.List;
import weka.classifiers.trees.RandomForest;
import weka.classifiers.trees.RandomTree;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** Weka's random forest, regression, of bounded depth. */
final class Forest implements Regression {
    static final int TREES = 60;
    static final int DEPTH = 12;
    static final int LEAF = 5;
    static final int SEED = 1;
    static final String NAME = "weka-3.8.6 RandomForest, %d trees, depth %d, leaf %d, seed %d".formatted(TREES, DEPTH, LEAF, SEED);

    @Override
    public Model fit(List<Sample> samples) {
        var columns = new ArrayList<Attribute>();
        Sample.NAMES.forEach(n -> columns.add(new Attribute(n)));
        columns.add(new Attribute("intensity"));
        var table = new Instances("hours", columns, samples.size());
        table.setClassIndex(columns.size() - 1);
        for (var s : samples) table.add(row(s.features(), s.intensity(), table));
        var forest = new RandomForest();
        forest.setNumIterations(TREES);
        forest.setMaxDepth(DEPTH);
        ((RandomTree) forest.getClassifier()).setMinNum(LEAF);
        forest.setNumFeatures(2);
        forest.setSeed(SEED);
        forest.setNumExecutionSlots(1);
        try {
            forest.buildClassifier(table);
        } catch (Exception e) {
            throw new IllegalStateException("the forest could not be learned from " + samples.size() + " hours", e);
        }
        return features -> expect(forest, table, features) * Sample.divisor(features);
    }

    private static double expect(RandomForest forest, Instances table, double[] features) {
        try {
            return forest.classifyInstance(row(features, Double.NaN, table));
        } catch (Exception e) {
            throw new IllegalStateException("the forest could not be asked", e);
        }
    }

    private static DenseInstance row(double[] features, double intensity, Instances table) {
        var values = java.util.Arrays.copyOf(features, features.length + 1);
        values[features.length] = intensity;
        var row = new DenseInstance(1, values);
        row.setDataset(table);
        return row;
    }
}
