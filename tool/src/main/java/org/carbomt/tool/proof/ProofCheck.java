package org.carbomt.tool.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carbomt.proof.ContainerCalculators;
import org.carbomt.proof.ProofChecker;
import org.carbomt.proof.Report;
import org.carbomt.proof.Trust;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import org.carbomt.tool.output.Json;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carbomt proof check}: the checker of carbomt-proof.jar. */
@CommandLine.Command(name = "check", description = "Checks proof files offline, from the retired serials back to the journal entries of the sensors. The same checker as carbomt-proof.jar.", exitCodeList = {
    "0:every proof holds", "1:a link of a proof is broken", "2:wrong usage", "3:a file cannot be read", "4:nothing is broken, but something must be compared by hand"})
final class ProofCheck extends Command {
    private static final int MAX_BYTES = 512 << 20;

    enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Proof files; - is the standard input.")
    private List<String> files;

    @Option(names = "--validator", paramLabel = "0x…", description = "Address whose key seals the blocks of the registry's chain. What you do not give is taken from the file, and named.")
    private String validator;

    @Option(names = "--credits", paramLabel = "0x…", description = "Address of the registry's contract CarbonCredits.")
    private String credits;

    @Option(names = "--anchors", paramLabel = "0x…", description = "Address of the registry's contract AnchorRegistry.")
    private String anchors;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "text", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); json is one object a file and line.")
    private Form format;

    ProofCheck(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        var trust = trust();
        var checker = new ProofChecker(new ContainerCalculators());
        boolean broken = false;
        boolean unchecked = false;
        boolean unreadable = false;
        for (var file : files) {
            byte[] bytes;
            try {
                bytes = read(file);
            } catch (Failure failure) {
                complain(failure.getMessage());
                unreadable = true;
                continue;
            }
            var report = checker.check(bytes, trust);
            broken |= report.broken();
            unchecked |= !report.holds();
            if (format == Form.JSON) json(file, report);
            else text(file, report);
        }
        return broken ? Exit.REFUSED : unreadable ? Exit.UNREADABLE : unchecked ? Exit.UNCHECKED : Exit.OK;
    }

    private Trust trust() {
        try {
            return new Trust(address(validator), address(credits), address(anchors));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        }
    }

    private static Optional<String> address(String text) {
        return Optional.ofNullable(text).map(t -> t.toLowerCase(Locale.ROOT));
    }

    private byte[] read(String file) {
        try (InputStream in = file.equals("-") ? io.in() : Files.newInputStream(Path.of(file))) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) throw Failure.unreadable(file, new IOException("more than " + MAX_BYTES + " bytes, which no proof file has"));
            return bytes;
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    private void text(String file, Report report) {
        if (files.size() > 1) io.out().println("== " + file);
        io.out().println(report.text());
    }

    private void json(String file, Report report) {
        try (var json = new Json(io.out())) {
            json.object().text("file", file).text("verdict", report.verdict()).flag("holds", report.holds()).flag("broken", report.broken()).text("subject", report.subject()).array("links");
            for (var link : report.links()) json.object().text("name", link.name()).text("state", link.state().name()).text("sentence", link.sentence()).endObject();
            json.endArray().array("trusted");
            report.trusted().forEach(json::text);
            json.endArray().endObject();
        }
    }
}
