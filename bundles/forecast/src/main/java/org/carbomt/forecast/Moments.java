package org.carbomt.forecast;

/** Sums over examples, and the ridge regression that they give. */
final class Moments {
    private final int inputs;
    private final double[] sum;
    private final double[][] products;
    private int count;

    Moments(int inputs) {
        this.inputs = inputs;
        sum = new double[inputs + 1];
        products = new double[inputs + 1][inputs + 1];
    }

    int count() {
        return count;
    }

    void add(double[] x, double y) {
        count++;
        for (int i = 0; i <= inputs; i++) {
            double a = i == inputs ? y : x[i];
            sum[i] += a;
            for (int j = 0; j <= i; j++) products[i][j] += a * (j == inputs ? y : x[j]);
        }
    }

    private double covariance(int i, int j) {
        return products[Math.max(i, j)][Math.min(i, j)] / count - sum[i] / count * (sum[j] / count);
    }

    /** @return weights and, last, the constant. An input that never changes has weight 0 */
    double[] ridge(double penalty) {
        var scale = new double[inputs];
        for (int i = 0; i < inputs; i++) scale[i] = Math.sqrt(Math.max(0, covariance(i, i)));
        var matrix = new double[inputs][inputs];
        var right = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            matrix[i][i] = 1 + penalty;
            if (flat(scale, i)) continue;
            right[i] = covariance(i, inputs) / scale[i];
            for (int j = 0; j < i; j++) matrix[i][j] = matrix[j][i] = flat(scale, j) ? 0 : covariance(i, j) / (scale[i] * scale[j]);
        }
        var solved = Cholesky.solve(matrix, right);
        var weights = new double[inputs + 1];
        weights[inputs] = sum[inputs] / count;
        for (int i = 0; i < inputs; i++) {
            weights[i] = flat(scale, i) ? 0 : solved[i] / scale[i];
            weights[inputs] -= weights[i] * sum[i] / count;
        }
        return weights;
    }

    /** What rounding leaves of a variance is none. */
    private boolean flat(double[] scale, int i) {
        return scale[i] <= 1e-7 * Math.sqrt(products[i][i] / count);
    }
}
