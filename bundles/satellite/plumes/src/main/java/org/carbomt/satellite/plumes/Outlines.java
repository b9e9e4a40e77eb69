package org.carbomt.satellite.plumes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nu.pattern.OpenCV;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** OpenCV's part: smooth, threshold, close, connect. Its library is loaded when it is first needed. */
final class Outlines {
    private static final double SMOOTH = 0.8;
    /** Where so much of the smoothing weight has no data, there is no smoothed value. */
    private static final double LEAST_WEIGHT = 0.3;

    static {
        OpenCV.loadLocally();
        Core.setNumThreads(1);
    }

    private Outlines() {}

    /** Gaussian of 0.8 pixels over what has data. */
    static double[] smooth(double[] values, int rows, int columns) {
        var there = new double[values.length];
        var filled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            there[i] = Double.isNaN(values[i]) ? 0 : 1;
            filled[i] = Double.isNaN(values[i]) ? 0 : values[i];
        }
        var weights = blur(there, rows, columns);
        var sums = blur(filled, rows, columns);
        for (int i = 0; i < sums.length; i++) sums[i] = weights[i] < LEAST_WEIGHT ? Double.NaN : sums[i] / weights[i];
        return sums;
    }

    private static double[] blur(double[] values, int rows, int columns) {
        var from = new Mat(rows, columns, CvType.CV_64F);
        var to = new Mat();
        try {
            from.put(0, 0, values);
            Imgproc.GaussianBlur(from, to, new Size(7, 7), SMOOTH, SMOOTH, Core.BORDER_REFLECT_101);
            var out = new double[values.length];
            to.get(0, 0, out);
            return out;
        } finally {
            from.release();
            to.release();
        }
    }

    /** Pixels that are set and hang together, corners included, after gaps of a pixel are closed within {@code may}. Each as indices in rising order. */
    static List<int[]> connected(boolean[] set, boolean[] may, int rows, int columns) {
        var mask = new Mat(rows, columns, CvType.CV_8U);
        var labels = new Mat();
        var kernel = Imgproc.getStructuringElement(Imgproc.MORPH_CROSS, new Size(3, 3));
        try {
            var bytes = new byte[set.length];
            for (int i = 0; i < set.length; i++) bytes[i] = (byte) (set[i] ? 1 : 0);
            mask.put(0, 0, bytes);
            Imgproc.morphologyEx(mask, mask, Imgproc.MORPH_CLOSE, kernel);
            mask.get(0, 0, bytes);
            for (int i = 0; i < bytes.length; i++) if (!may[i]) bytes[i] = 0;
            mask.put(0, 0, bytes);
            int count = Imgproc.connectedComponents(mask, labels, 8, CvType.CV_32S);
            var label = new int[set.length];
            labels.get(0, 0, label);
            var all = new ArrayList<int[]>();
            for (int l = 1; l < count; l++) {
                int wanted = l;
                all.add(java.util.stream.IntStream.range(0, label.length).filter(i -> label[i] == wanted).toArray());
            }
            all.sort((a, b) -> Arrays.compare(a, b));
            return all;
        } finally {
            mask.release();
            labels.release();
            kernel.release();
        }
    }
}
