package org.carbomt.tool.decode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Payload;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import org.carbomt.tool.output.Format;
import org.carbomt.tool.profile.ProfileFolder;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carbomt decode}: what a hardware profile makes of payloads. */
@CommandLine.Command(name = "decode", description = "Decodes payloads by a hardware profile, as the container would. A refused payload does not keep the others from being decoded.", footer = {"", "Examples:",
    "  carbomt decode elsys-ers-co2 --hex 0100E202290400270506060308 --port 5", "  carbomt decode stack-analyser readings.csv --format csv", "  mosquitto_sub -t '#' | carbomt decode mq-board --lines -"}, exitCodeList = {"0:every payload was decoded", "1:a payload or the profile was refused", "2:wrong usage", "3:a file cannot be read"})
public final class DecodeCommand extends Command {
    @Parameters(index = "0", paramLabel = "PROFILE", description = "Id of a hardware profile, or a profile file.")
    private String profileName;

    @Parameters(index = "1..*", paramLabel = "FILE", description = "Files, each one payload; - is the standard input.")
    private List<String> files = List.of();

    @Option(names = "--hex", paramLabel = "DIGITS", description = "A payload in hexadecimal digits. May be repeated.")
    private List<String> hex = List.of();

    @Option(names = "--base64", paramLabel = "TEXT", description = "A payload in base64. May be repeated.")
    private List<String> base64 = List.of();

    @Option(names = "--text", paramLabel = "TEXT", description = "A payload as it is: JSON or CSV. May be repeated.")
    private List<String> text = List.of();

    @Option(names = "--lines", description = "Each line of the files is a payload.")
    private boolean lines;

    @Option(names = "--encoding", paramLabel = "NAME", description = "How payloads stand in the files: ${COMPLETION-CANDIDATES} (default: the bytes as they are; with --lines, hex for a binary profile).")
    private Payloads.Encoding encoding;

    @Option(names = "--port", paramLabel = "N", description = "LoRaWAN port (fPort) of the payloads, 1 to 255.")
    private Integer port;

    @Option(names = "--at", paramLabel = "TIME", description = "When the payloads were received, for those that carry no time, e.g. 2026-03-01T05:00:00Z (default: now).")
    private Instant at = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "table", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); json is one object a payload and line.")
    private Format format;

    @CommandLine.Mixin
    private ProfileFolder profiles;

    public DecodeCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        if (hex.isEmpty() && base64.isEmpty() && text.isEmpty() && files.isEmpty()) throw Failure.usage("no payload: give --hex, --base64, --text, a file, or - for the standard input");
        if (port != null && (port < 1 || port > 255)) throw Failure.usage("--port = " + port + "; expected 1 to 255");
        for (var file : files) {
            if (!file.equals("-") && !Files.isReadable(Path.of(file))) throw Failure.unreadable(file, Files.exists(Path.of(file)) ? new java.nio.file.AccessDeniedException(file) : new java.nio.file.NoSuchFileException(file));
        }
        var loaded = profiles.find(profileName);
        var readings = Readings.writer(format, loaded.profile(), io.out());
        var decoding = new Decode(loaded, readings);
        var payloads = new Payloads(decoding);
        var ofFiles = encoding != null ? encoding : lines && loaded.binary() ? Payloads.Encoding.HEX : Payloads.Encoding.TEXT;
        boolean all = payloads.texts("--hex", hex, Payloads.Encoding.HEX) && payloads.texts("--base64", base64, Payloads.Encoding.BASE64) && payloads.texts("--text", text, Payloads.Encoding.TEXT);
        for (var file : files) all = all && payloads.file(file, io.in(), lines, ofFiles);
        readings.close();
        return decoding.refused == 0 ? Exit.OK : Exit.REFUSED;
    }

    /** Decodes one payload after the other. */
    private final class Decode implements Payloads.Sink {
        private final ProfileFolder.Loaded loaded;
        private final Readings readings;
        private long refused;
        private long done;

        Decode(ProfileFolder.Loaded loaded, Readings readings) {
            this.loaded = loaded;
            this.readings = readings;
        }

        @Override
        public boolean payload(String name, byte[] bytes) {
            var decoding = loaded.profile().decode(new Payload(bytes, "", port == null ? OptionalInt.empty() : OptionalInt.of(port), Optional.empty(), at));
            if (decoding instanceof Decoding.Undecodable u) return refused(name, hinted(u.problem(), bytes));
            readings.decoded(name, ((Decoding.Decoded) decoding).block());
            return wanted();
        }

        @Override
        public boolean refused(String name, Problem problem) {
            refused++;
            readings.refused(name, problem);
            complain(name + ": " + problem.sentence());
            return wanted();
        }

        /** False once nobody reads any more (as with {@code | head}); asking flushes, so it is asked now and then. */
        private boolean wanted() {
            return ++done % 1024 != 0 || !io.out().checkError();
        }

        /** Hexadecimal text where bytes are meant is the mistake everyone makes once. */
        private Problem hinted(Problem problem, byte[] bytes) {
            if (!loaded.binary() || encoding != null || bytes.length < 2 || bytes.length > 8192 || !new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).matches("[0-9A-Fa-f\\s]+")) return problem;
            return new Problem(problem.code(), problem.field(), problem.value(), problem.expected() + " (this looks like hexadecimal text: say --encoding hex)");
        }
    }
}
