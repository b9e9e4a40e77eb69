package org.carbomt.verification.weka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import weka.classifiers.trees.RandomForest;
import weka.classifiers.trees.RandomTree;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.Version;

/** Weka's random forest on what departs from the load curve. Bounded: {@value #TREES} trees of depth {@value #DEPTH}. */
final class Forest implements Regression {
    private static final int TREES = 60;
    private static final int DEPTH = 6;
    private static final int LEAF = 5;
    private static final int SEED = 1;

    @Override
    public String name() {
        return "Weka %s RandomForest over a load curve, %d trees, depth %d, leaf %d, seed %d".formatted(Version.VERSION, TREES, DEPTH, LEAF, SEED);
    }

    @Override
    public Model fit(List<Sample> samples, double reference) {
        var curve = LoadCurve.fit(samples, reference);
        var columns = new ArrayList<Attribute>();
        Sample.NAMES.forEach(n -> columns.add(new Attribute(n)));
        columns.add(new Attribute("departure"));
        var table = new Instances("hours", columns, samples.size());
        table.setClassIndex(columns.size() - 1);
        for (var s : samples) table.add(row(s.features(), Math.max(-0.9, Math.min(3, s.rate() / curve.at(s.load()) - 1)), table));
        var forest = new RandomForest();
        forest.setNumIterations(TREES);
        forest.setMaxDepth(DEPTH);
        ((RandomTree) forest.getClassifier()).setMinNum(LEAF);
        forest.setSeed(SEED);
        forest.setNumExecutionSlots(1);
        try {
            forest.buildClassifier(table);
        } catch (Exception e) {
            throw new IllegalStateException("the forest could not be learned from " + samples.size() + " hours", e);
        }
        return features -> curve.at(features[Sample.LOAD]) * (1 + departure(forest, table, features));
    }

    private static double departure(RandomForest forest, Instances table, double[] features) {
        try {
            return forest.classifyInstance(row(features, Double.NaN, table));
        } catch (Exception e) {
            throw new IllegalStateException("the forest could not be asked", e);
        }
    }

    /** NaN is Weka's own sign for a value that is not known. */
    private static DenseInstance row(double[] features, double departure, Instances table) {
        var values = Arrays.copyOf(features, features.length + 1);
        values[features.length] = departure;
        var row = new DenseInstance(1, values);
        row.setDataset(table);
        return row;
    }
}
