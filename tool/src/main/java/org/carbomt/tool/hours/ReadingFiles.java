package org.carbomt.tool.hours;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Payload;
import org.carbomt.api.device.Profile;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.tool.Failure;

/** Files of readings to entries as the journal has them, piece by piece. What is refused is gathered with its place, and the reading goes on. */
final class ReadingFiles {
    /** More is no help to a reader. */
    static final int MOST_REFUSALS = 20;
    private static final int PIECE_BYTES = 256 << 10;
    private static final Pattern LINE = Pattern.compile("^line ([0-9]+)(?:: )?");
    private static final Pattern ROW = Pattern.compile("^row ([0-9]+)(?:: )?");
    private static final Pattern INSIDE = Pattern.compile("at line ([0-9]+)");
    /** Given as the time of arrival; a row that has it carries no time of its own. */
    private static final Instant NO_TIME = Instant.ofEpochMilli(-1);

    private final InputStream stdin;
    private final Optional<MappedPieces.Form> form;
    private final Consumer<Entry> entries;
    private final List<String> refusals = new ArrayList<>();

    ReadingFiles(InputStream stdin, Optional<MappedPieces.Form> form, Consumer<Entry> entries) {
        this.stdin = stdin;
        this.form = form;
        this.entries = entries;
    }

    /** What was refused so far, each a sentence. */
    List<String> refusals() {
        return refusals;
    }

    /** @param file {@code -} is the standard input; may be compressed by gzip. @param maxBytes of a payload, as the profile says */
    void read(String file, String device, Profile profile, int maxBytes) {
        var name = file.equals("-") ? "stdin" : file;
        int size = Math.max(1, Math.min(PIECE_BYTES, maxBytes / 2));
        long rows = 0;
        try (var in = plain(file.equals("-") ? stdin : Files.newInputStream(Path.of(file)))) {
            var pieces = form.isPresent() ? new MappedPieces(name, in, form.get(), size) : new TextPieces(name, in, size);
            for (var piece = pieces.next(); piece.isPresent() && refusals.size() < MOST_REFUSALS;) {
                var rest = Optional.<Pieces.Piece>empty();
                var decoding = profile.decode(new Payload(piece.get().bytes(), piece.get().csv() ? "text/csv" : "application/json", OptionalInt.empty(), Optional.empty(), NO_TIME));
                if (decoding instanceof Decoding.Decoded decoded) {
                    var block = decoded.block();
                    if (timeless(name, piece.get(), rows, block)) return;
                    rows += block.rows();
                    entries.accept(new Entry(device, "file", profile.id() + "@" + profile.version(), profile.digest(), profile.wholeHour(), OptionalLong.empty(), NO_TIME, new byte[0], block));
                } else {
                    var problem = ((Decoding.Undecodable) decoding).problem();
                    var line = LINE.matcher(problem.field());
                    boolean inLine = piece.get().csv() && line.find();
                    if (!(problem.code().equals("payload.no-readings") && piece.get().csv())) {
                        refusals.add(inLine ? inLine(name, piece.get(), Integer.parseInt(line.group(1)), line.end(), problem) : inRow(name, piece.get(), rows, problem));
                        // A header that is wrong makes every line wrong; JSON cannot be taken up again in the middle.
                        if (!inLine || line.group(1).equals("1")) return;
                        rest = piece.get().after(Integer.parseInt(line.group(1)));
                    }
                }
                piece = rest.isPresent() ? rest : pieces.next();
            }
        } catch (IOException e) {
            throw Failure.unreadable(name, e);
        }
        if (rows == 0 && refusals.isEmpty()) refusals.add(name + ": no readings; expected CSV with a header of field names, or JSON");
    }

    private static InputStream plain(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private boolean timeless(String name, Pieces.Piece piece, long rows, ReadingBlock block) {
        for (int row = 0; row < block.rows(); row++) {
            if (block.timesMillis()[row] != NO_TIME.toEpochMilli()) continue;
            refusals.add(name + (piece.csv() ? ", line " + piece.fileLine().applyAsInt(1) + ": field.missing: time; expected a column of times, which hours are made by" : ", row " + (rows + row + 1) + ": field.missing: time; expected the time of the reading"));
            return true;
        }
        return false;
    }

    private static String inLine(String name, Pieces.Piece piece, int line, int prefix, Problem problem) {
        var field = prefix < problem.field().length() ? problem.field().substring(prefix) : line == 1 ? "header" : "line";
        return name + ", line " + piece.fileLine().applyAsInt(line) + ": " + new Problem(problem.code(), field, problem.value(), problem.expected()).sentence();
    }

    private static String inRow(String name, Pieces.Piece piece, long rows, Problem problem) {
        var row = ROW.matcher(problem.field());
        boolean named = row.find();
        var inside = INSIDE.matcher(problem.value());
        if (inside.find()) {
            var value = inside.replaceFirst("at line " + piece.fileLine().applyAsInt(Integer.parseInt(inside.group(1))));
            return name + ": " + new Problem(problem.code(), problem.field(), value, problem.expected()).sentence();
        }
        long number = rows + (named ? Long.parseLong(row.group(1)) : 1);
        return name + ", row " + number + ": " + new Problem(problem.code(), named ? problem.field().substring(row.end()) : problem.field(), problem.value(), problem.expected()).sentence();
    }
}
