package org.carbomt.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** {@code java -jar carbomt-proof.jar FILE}: checks a proof file offline. */
public final class Main {
    static final int UNREADABLE = 2;
    private static final long MAX_BYTES = 512L << 20;
    private static final String USAGE = """
            usage: java -jar carbomt-proof.jar FILE [--validator 0x…] [--credits 0x…] [--anchors 0x…] [--json]

            Checks the proof file of a retired carbon credit: from the retired serials back to the journal entries of the
            sensors. Needs no network. What you know from elsewhere you give; what you do not give is taken from the file and named.

              --validator 0x…  address whose key seals the blocks of the registry's chain
              --credits 0x…    address of the registry's contract CarbonCredits
              --anchors 0x…    address of the registry's contract AnchorRegistry
              --json           the report as JSON
              --help           this text

            exit code: 0 the proof holds; 1 a link is broken; 2 wrong usage or unreadable file;
                       3 nothing is broken, but something must be compared by hand (a chain without seals)
            """;

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String file = null;
        boolean json = false;
        Optional<String> validator = Optional.empty();
        Optional<String> credits = Optional.empty();
        Optional<String> anchors = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help", "-h" -> {
                    out.print(USAGE);
                    return 0;
                }
                case "--json" -> json = true;
                case "--validator", "--credits", "--anchors" -> {
                    if (i + 1 == args.length) return usage(err, args[i] + " needs an address");
                    var address = Optional.of(args[i + 1].toLowerCase(Locale.ROOT));
                    switch (args[i++]) {
                        case "--validator" -> validator = address;
                        case "--credits" -> credits = address;
                        default -> anchors = address;
                    }
                }
                default -> {
                    if (args[i].startsWith("-")) return usage(err, "unknown option " + args[i]);
                    if (file != null) return usage(err, "one file at a time: " + file + " and " + args[i]);
                    file = args[i];
                }
            }
        }
        if (file == null) return usage(err, "no file given");
        Trust trust;
        try {
            trust = new Trust(validator, credits, anchors);
        } catch (IllegalArgumentException e) {
            return usage(err, e.getMessage());
        }
        byte[] bytes;
        try {
            var path = Path.of(file);
            long size = Files.size(path);
            if (size > MAX_BYTES) return unreadable(err, file + " has " + size + " bytes; proof files have at most " + MAX_BYTES);
            bytes = Files.readAllBytes(path);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return unreadable(err, "cannot read " + file + ": " + e.getMessage());
        }
        Report report;
        try {
            report = new ProofChecker(new ContainerCalculators()).check(bytes, trust);
        } catch (OutOfMemoryError e) {
            return unreadable(err, file + " needs more memory than this program has; give it more with java -Xmx4g -jar …");
        }
        out.println(json ? report.json() : report.text());
        return report.exitCode();
    }

    private static int usage(PrintStream err, String what) {
        err.println(what);
        err.print(USAGE);
        return UNREADABLE;
    }

    private static int unreadable(PrintStream err, String what) {
        err.println(what);
        return UNREADABLE;
    }
}
