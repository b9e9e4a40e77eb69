package org.carbomt.tool.hours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPiecesTest {
    private static List<Pieces.Piece> cut(String text, int size) {
        try {
            var reader = new TextPieces("file", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), size);
            var pieces = new ArrayList<Pieces.Piece>();
            for (var piece = reader.next(); piece.isPresent(); piece = reader.next()) pieces.add(piece.get());
            return pieces;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> texts(String text, int size) {
        return cut(text, size).stream().map(p -> new String(p.bytes(), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void csvIsCutBetweenLinesEachPieceWithTheHeader() {
        assertEquals(List.of("a,b\n1,2\n", "a,b\n3,4\n", "a,b\n5,6"), texts("a,b\n1,2\n3,4\n5,6", 6));
        assertEquals(List.of("a,b\n1,2\n3,4\n5,6"), texts("a,b\n1,2\n3,4\n5,6", 1000));
        assertEquals(List.of("a,b\r\n1,2\r\n", "a,b\r\n3,4\r\n"), texts("a,b\r\n1,2\r\n3,4\r\n", 6));
        // A line end inside of quotes is none.
        assertEquals(List.of("a,b\n1,\"x\ny\"\n", "a,b\n3,4\n"), texts("a,b\n1,\"x\ny\"\n3,4\n", 6));
        assertEquals(List.of(), texts("", 6));
        assertEquals(List.of(), texts(" \n\n", 6));
        assertEquals(List.of(), texts("a,b\n", 6));
    }

    @Test
    void aPieceKnowsTheLinesOfTheFile() {
        var pieces = cut("\na,b\n1,2\n3,4\n5,6", 6);
        assertEquals(List.of(3, 4, 5), pieces.stream().map(p -> p.fileLine().applyAsInt(2)).toList());
        assertEquals(2, pieces.get(2).fileLine().applyAsInt(1));
    }

    @Test
    void whatComesAfterALineIsAPieceOfItsOwn() {
        var piece = cut("a,b\n1,2\n3,4\n5,6\n", 1000).get(0);
        var rest = piece.after(2).orElseThrow();
        assertEquals("a,b\n3,4\n5,6\n", new String(rest.bytes(), StandardCharsets.UTF_8));
        assertEquals(3, rest.fileLine().applyAsInt(2));
        var last = rest.after(2).orElseThrow();
        assertEquals("a,b\n5,6\n", new String(last.bytes(), StandardCharsets.UTF_8));
        assertEquals(4, last.fileLine().applyAsInt(2));
        assertTrue(last.after(2).isEmpty());
    }

    @Test
    void objectsAreCutBetweenObjects() {
        assertEquals(List.of("{\"a\":\n1}\n", "{\"b\":\"}\\\"\"}\n", "{\"c\":[{}]}"), texts("{\"a\":\n1}\n{\"b\":\"}\\\"\"}\n{\"c\":[{}]}", 3));
        assertEquals(List.of(1, 3, 4), cut("{\"a\":\n1}\n{\"b\":2}\n{\"c\":3}", 3).stream().map(p -> p.fileLine().applyAsInt(1)).toList());
    }

    @Test
    void anArrayIsCutBetweenItsElements() {
        assertEquals(List.of("[{\"a\":[1,2]}]", "[\n{\"b\":\",\"}]", "[{\"c\":3}]\n"), texts("[{\"a\":[1,2]},\n{\"b\":\",\"},{\"c\":3}]\n", 3));
        assertEquals(List.of("[1]", "["), texts("[1,", 1));
        assertEquals(List.of("[]"), texts("[]", 1));
    }
}
