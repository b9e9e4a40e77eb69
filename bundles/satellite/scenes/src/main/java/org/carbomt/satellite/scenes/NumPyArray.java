package org.carbomt.satellite.scenes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/**
 * One array of NumPy's .npy format, versions 1 to 3: numbers in C order only; objects (pickles) are refused.
 *
 * @param values row by row; the fill value of netCDF and what is not finite read as NaN
 */
record NumPyArray(int[] shape, double[] values) {
    private static final int MOST_VALUES = 4 << 20;
    private static final int MOST_HEADER = 4096;
    /** netCDF's default fill of floats is 9.96921e36; nothing measured comes near. */
    private static final double FILL = 9e36;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile("\\s*\\{\\s*'descr'\\s*:\\s*'([^']{1,16})'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([0-9, ]{0,64})\\)\\s*,?\\s*\\}\\s*");

    static NumPyArray parse(String name, byte[] bytes) {
        if (bytes.length < 10 || !Arrays.equals(Arrays.copyOf(bytes, 6), MAGIC)) throw wrong(name, "its first bytes", "a NumPy array (.npy)");
        int major = bytes[6];
        if (major < 1 || major > 3) throw wrong(name, "version " + major, "version 1, 2 or 3 of .npy");
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = major == 1 ? 10 : 12;
        long length = major == 1 ? buffer.getShort(8) & 0xffff : bytes.length < 12 ? -1 : buffer.getInt(8) & 0xffffffffL;
        if (length < 0 || length > MOST_HEADER || start + length > bytes.length) throw wrong(name, "a header of " + length + " bytes", "at most " + MOST_HEADER + ", within the file");
        var text = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
        var header = HEADER.matcher(text);
        if (!header.matches()) throw wrong(name, text.strip(), "a header with descr, fortran_order and shape");
        if (header.group(2).equals("True")) throw wrong(name, "fortran_order True", "C order");
        var shape = shape(name, header.group(3));
        int count = 1;
        for (int n : shape) count *= n;
        buffer.position(start + (int) length);
        return new NumPyArray(shape, values(name, buffer.slice(), header.group(1), count));
    }

    private static int[] shape(String name, String text) {
        var parts = Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
        if (parts.size() > 4) throw wrong(name, "shape (" + text + ")", "at most 4 dimensions");
        long count = 1;
        for (var part : parts) {
            if (part.length() > 9 || !part.matches("[0-9]+")) throw wrong(name, "shape (" + text + ")", "whole numbers");
            count *= Integer.parseInt(part);
            if (count > MOST_VALUES) throw wrong(name, "shape (" + text + ")", "at most " + MOST_VALUES + " values");
        }
        return parts.stream().mapToInt(Integer::parseInt).toArray();
    }

    private static double[] values(String name, ByteBuffer data, String type, int count) {
        data.order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int size = switch (type.substring(1)) {
            case "f8", "i8" -> 8;
            case "f4", "i4", "u4" -> 4;
            case "i2", "u2" -> 2;
            case "u1", "i1", "b1" -> 1;
            default -> throw wrong(name, "type " + type, "numbers: f4, f8, i1 to i8, u1 to u4 or b1");
        };
        if (data.remaining() != (long) count * size) throw wrong(name, data.remaining() + " bytes of data", count + " values of " + size + " bytes");
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            double v = switch (type.substring(1)) {
                case "f8" -> data.getDouble();
                case "f4" -> data.getFloat();
                case "i8" -> data.getLong();
                case "i4" -> data.getInt();
                case "u4" -> data.getInt() & 0xffffffffL;
                case "i2" -> data.getShort();
                case "u2" -> data.getShort() & 0xffff;
                case "i1" -> data.get();
                default -> data.get() & 0xff;
            };
            values[i] = Double.isFinite(v) && Math.abs(v) < FILL ? v : Double.NaN;
        }
        return values;
    }

    static CarboException.Invalid wrong(String name, String value, String expected) {
        return new CarboException.Invalid(new Problem("scene.malformed", name, value, expected));
    }
}
