package org.carbomt.models;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX files, field by field as onnx.proto numbers them. */
final class Onnx {
    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    static byte[] number(int field, long value) {
        var out = new ByteArrayOutputStream();
        varint(out, (long) field << 3);
        varint(out, value);
        return out.toByteArray();
    }

    static byte[] bytes(int field, byte[]... parts) {
        var inner = new ByteArrayOutputStream();
        for (var part : parts) inner.writeBytes(part);
        var out = new ByteArrayOutputStream();
        varint(out, (long) field << 3 | 2);
        varint(out, inner.size());
        out.writeBytes(inner.toByteArray());
        return out.toByteArray();
    }

    static byte[] text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        for (; (value & ~0x7fL) != 0; value >>>= 7) out.write((int) (value & 0x7f | 0x80));
        out.write((int) value);
    }

    /** @param dims -1 is the batch */
    private static byte[] value(int field, String name, long... dims) {
        var shape = new ByteArrayOutputStream();
        for (long d : dims) shape.writeBytes(bytes(1, d < 0 ? text(2, "batch") : number(1, d)));
        return bytes(field, text(1, name), bytes(2, bytes(1, number(1, 1), bytes(2, shape.toByteArray()))));
    }

    Onnx input(String name, long... dims) {
        graph.writeBytes(value(11, name, dims));
        return this;
    }

    Onnx output(String name, long... dims) {
        graph.writeBytes(value(12, name, dims));
        return this;
    }

    Onnx weights(String name, long[] dims, float... values) {
        var data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : values) data.putFloat(v);
        var shape = new ByteArrayOutputStream();
        for (long d : dims) shape.writeBytes(number(1, d));
        graph.writeBytes(bytes(5, shape.toByteArray(), number(2, 1), text(8, name), bytes(9, data.array())));
        return this;
    }

    /** Weights of the name in another file. */
    Onnx elsewhere(String name, String path) {
        graph.writeBytes(bytes(5, number(1, 1), number(2, 1), text(8, name), bytes(13, text(1, "location"), text(2, path)), number(14, 1)));
        return this;
    }

    Onnx node(String operator, String output, String... inputs) {
        var names = new ByteArrayOutputStream();
        for (var i : inputs) names.writeBytes(text(1, i));
        graph.writeBytes(bytes(1, names.toByteArray(), text(2, output), text(4, operator)));
        return this;
    }

    byte[] file() {
        var model = new ByteArrayOutputStream();
        model.writeBytes(number(1, 8));
        model.writeBytes(bytes(7, text(2, "graph"), graph.toByteArray()));
        model.writeBytes(bytes(8, number(2, 17)));
        return model.toByteArray();
    }

    /** Of the shapes of kind plume-unet: a 1 x 1 convolution of two weights, and what follows it. */
    static Onnx plume(String last, float first, float second) {
        return new Onnx().input("scene", -1, 2, 32, 32).output("plume", -1, 1, 32, 32).weights("w", new long[] {1, 2, 1, 1}, first, second).node("Conv", "c", "scene", "w").node(last, "plume", "c");
    }
}
