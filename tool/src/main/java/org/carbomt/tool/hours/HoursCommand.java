package org.carbomt.tool.hours;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSource.ChannelRef;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.proof.ContainerCalculators;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import org.carbomt.tool.output.Format;
import org.carbomt.tool.profile.ProfileFolder;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carbomt hours}: readings to hourly records. */
@CommandLine.Command(name = "hours", description = {"Computes hourly CO2 from readings, with the container's rule book. An hour without valid readings is missing, never zero.", "",
    "READINGS are CSV with a header, JSON objects (one a line) or a JSON array; compressed by gzip or not; - is the standard input. Without --profile they have a column or field 'time' and one for each"
            + " input of the method (co2 %%, flow scf/h, h2o %%, heatInput mmBtu, operatingTime h, load MW, flag)."}, footer = {"", "Examples:", "  carbomt hours --method G-4 --fc 1040 hourly.csv",
    "  carbomt hours --source stack.yaml --profile stack-analyser minutes.csv",
    "  carbomt hours --method F-11-wet minutes.csv --explain 2020-03-01T05:00:00Z"}, exitCodeList = {"0:done", "1:readings or source were refused, or an hour differs from --compare", "2:wrong usage", "3:a file cannot be read"})
public final class HoursCommand extends Command {
    /** Inputs that every method of part75 can take but needs not. */
    private static final List<String> OPTIONAL = List.of("operatingTime", "load", "flag", "qaStatus");
    /** Parameters that the methods of part75 know. */
    /** The one device of the short form. */
    private static final String DEVICE = "readings";

    @Parameters(paramLabel = "READINGS", arity = "1..*", description = "Files of readings; DEVICE=FILE when the source has several devices.")
    private List<String> readings;

    @Option(names = "--source", paramLabel = "FILE", description = "The emission source (YAML or JSON): method, inputs, parameters, as in the API.")
    private Path sourceFile;

    @Option(names = "--method", paramLabel = "NAME", description = "Instead of --source: the method, e.g. G-4, F-11-wet, F-11-dry.")
    private String method;

    @Option(names = "--fc", paramLabel = "N", description = "Parameter Fc, scf CO2 per mmBtu.")
    private BigDecimal fc;

    @Option(names = "--flow-bias", paramLabel = "N", description = "Parameter flowBias: bias adjustment factor of the flow.")
    private BigDecimal flowBias;

    @Option(names = "--parameter", paramLabel = "NAME=N", description = "Any parameter of the method. May be repeated.")
    private Map<String, BigDecimal> parameters = new TreeMap<>();

    @Option(names = "--input", paramLabel = "ROLE=CHANNEL", description = "With --method: the channel that feeds an input, where it has another name. May be repeated.")
    private Map<String, String> inputs = new TreeMap<>();

    @Option(names = "--profile", paramLabel = "[DEVICE=]PROFILE", description = "Hardware profile that the readings are decoded by. May be repeated.")
    private List<String> profileNames = List.of();

    @Option(names = "--column", paramLabel = "NAME=HEADER", description = "Reads a column of any CSV as NAME (time, or what the profile or method knows); HEADER A+B joins two. Columns not named are passed over. May be repeated.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--delimiter", paramLabel = "CHAR", defaultValue = ",", description = "With --column: what separates cells (default: '${DEFAULT-VALUE}').")
    private char delimiter;

    @Option(names = "--time-format", paramLabel = "PATTERN", description = "With --column: form of the times, e.g. 'MM-dd-yyyy H' (letters of Java's DateTimeFormatter).")
    private String timeFormat;

    @Option(names = "--utc-offset", paramLabel = "OFFSET", description = "Of times without one, e.g. -07:00.")
    private ZoneOffset offset;

    @Option(names = "--whole-hour", description = "Without --profile: each reading is the value of its whole clock hour.")
    private boolean wholeHour;

    @Option(names = "--from", paramLabel = "TIME", description = "First hour, e.g. 2020-01-01T07:00:00Z.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "End: the hour after the last.")
    private Instant to;

    @Option(names = "--compare", paramLabel = "CHANNEL", description = "Compares with the mass (short tons) that the readings report for each hour; exit code 1 when an hour differs.")
    private String compare;

    @Option(names = "--explain", paramLabel = "HOUR", description = "Shows one hour: its inputs and every step.")
    private Instant explain;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "table", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @CommandLine.Mixin
    private ProfileFolder profiles;

    public HoursCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        if ((sourceFile == null) == (method == null)) throw Failure.usage("give either --source FILE or --method NAME");
        if (sourceFile != null && !inputs.isEmpty()) throw Failure.usage("--input belongs to --method; the file of --source names the inputs itself");
        if (explain != null && format == Format.CSV) throw Failure.usage("--explain is written as table or json");
        whole("--from", from);
        whole("--to", to);
        whole("--explain", explain);
        if (from != null && to != null && !from.isBefore(to)) throw Failure.usage("--to = " + to + "; expected a time after --from = " + from);
        var start = Optional.ofNullable(explain != null ? explain : from);
        var end = Optional.ofNullable(explain != null ? explain.plus(1, ChronoUnit.HOURS) : to);
        var loaded = loadedProfiles();
        var source = source(loaded);
        var book = book(source);
        var run = new HourRun(source, sourceFile == null ? Set.copyOf(OPTIONAL) : Set.of(), book, start, end);
        read(source, loaded, run);
        var hours = run.hours(start, end);
        if (hours.isEmpty()) throw Failure.refused("no readings" + (start.isPresent() || end.isPresent() ? " in the span of --from and --to" : "") + "; there is no hour to compute");
        write(hours);
        return hours.stream().allMatch(HourRun.Computed::agrees) ? Exit.OK : Exit.REFUSED;
    }

    private static void whole(String option, Instant time) {
        if (time != null && !time.equals(time.truncatedTo(ChronoUnit.HOURS))) throw Failure.usage(option + " = " + time + "; expected the start of an hour, e.g. " + time.truncatedTo(ChronoUnit.HOURS));
    }

    private void write(List<HourRun.Computed> hours) {
        var report = new HoursReport(hours, compare != null, io.out());
        if (explain != null && format == Format.JSON) {
            HoursReport.explainJson(hours.get(0), io.out());
        } else if (explain != null) {
            HoursReport.explain(hours.get(0), io.out());
        } else {
            switch (format) {
                case TABLE -> report.table();
                case CSV -> report.csv();
                case JSON -> report.json();
            }
        }
    }

    // ---- the source

    /** @param loaded profiles by device; {@code ""} is that of every device */
    private EmissionSource source(Map<String, ProfileFolder.Loaded> loaded) {
        if (sourceFile == null) return shortForm(Optional.ofNullable(loaded.get("")));
        var source = SourceFile.read(sourceFile);
        var values = new TreeMap<>(source.parameters());
        values.putAll(given());
        return with(source, withReported(source.inputs()), values);
    }

    private EmissionSource shortForm(Optional<ProfileFolder.Loaded> loaded) {
        var known = loaded.map(l -> l.profile().channels().stream().map(c -> c.name()).collect(Collectors.toCollection(TreeSet::new)));
        var refs = new HashMap<String, ChannelRef>();
        var book = new ContainerCalculators().ruleBook("part75").orElseThrow();
        var required = required(book, method, true);
        var roles = new TreeSet<>(required);
        roles.addAll(OPTIONAL);
        for (var role : inputs.keySet()) {
            if (!roles.contains(role)) throw Failure.usage("--input " + role + "; expected one of " + String.join(", ", roles));
        }
        for (var role : roles) {
            var channel = inputs.getOrDefault(role, role);
            if (known.isEmpty() || known.get().contains(channel)) {
                refs.put(role, new ChannelRef(DEVICE, channel));
            } else if (required.contains(role) || inputs.containsKey(role)) {
                throw Failure.usage("method " + method + ": the profile " + loaded.get().profile().id() + " has no channel " + channel + " for the input " + role + "; say --input " + role + "=CHANNEL with one of " + String.join(", ", known.get()));
            }
        }
        return new EmissionSource("readings", "site", "readings", "part75", method, withReported(refs), given(), "operator", Optional.empty());
    }

    private Map<String, ChannelRef> withReported(Map<String, ChannelRef> refs) {
        if (compare == null) return refs;
        var all = new HashMap<>(refs);
        var devices = devices(refs);
        int slash = compare.indexOf('/');
        if (slash < 0 && devices.size() > 1) throw Failure.usage("--compare = " + compare + "; expected DEVICE/CHANNEL with one of the devices " + String.join(", ", devices));
        all.put(HourRun.REPORTED, slash < 0 ? new ChannelRef(devices.first(), compare) : new ChannelRef(compare.substring(0, slash), compare.substring(slash + 1)));
        return all;
    }

    private static TreeSet<String> devices(Map<String, ChannelRef> refs) {
        return refs.values().stream().map(ChannelRef::deviceId).collect(Collectors.toCollection(TreeSet::new));
    }

    private static EmissionSource with(EmissionSource s, Map<String, ChannelRef> refs, Map<String, BigDecimal> values) {
        return new EmissionSource(s.id(), s.siteId(), s.name(), s.ruleBook(), s.method(), refs, values, s.operatorId(), s.accountingFrom());
    }

    private Map<String, BigDecimal> given() {
        var values = new TreeMap<>(parameters);
        // The rule book passes over what it does not know, and a mistyped Fc would count with the default.
        var known = new TreeSet<>(new ContainerCalculators().ruleBook("part75").orElseThrow().parameters().keySet());
        for (var name : values.keySet()) {
            if (!known.contains(name)) throw Failure.usage("--parameter " + name + "; expected one of " + String.join(", ", known));
        }
        if (fc != null) values.put("Fc", fc);
        if (flowBias != null) values.put("flowBias", flowBias);
        return values;
    }

    private RuleBook book(EmissionSource source) {
        var book = new ContainerCalculators().ruleBook(source.ruleBook()).orElseThrow(() -> Failure.refused(sourceFile + ": source.invalid: ruleBook = " + source.ruleBook() + "; expected a rule book of this program: part75"));
        for (var role : required(book, source.method(), sourceFile == null)) {
            if (!source.inputs().containsKey(role)) throw Failure.refused(sourceFile + ": source.invalid: inputs." + role + " is missing; method " + source.method() + " needs it");
        }
        for (var name : source.parameters().keySet()) {
            if (!book.parameters().containsKey(name) && !name.equals(EmissionSource.MOST)) throw Failure.refused(sourceFile + ": source.invalid: parameters." + name + "; expected one of " + String.join(", ", new TreeSet<>(book.parameters().keySet())));
        }
        return book;
    }

    private Set<String> required(RuleBook book, String name, boolean option) {
        var roles = book.methods().get(name);
        if (roles != null) return roles;
        var expected = "method = " + name + "; expected one of " + String.join(", ", new TreeSet<>(book.methods().keySet()));
        throw option ? Failure.usage("--" + expected) : Failure.refused(sourceFile + ": source.invalid: " + expected);
    }

    // ---- the readings

    private Map<String, ProfileFolder.Loaded> loadedProfiles() {
        var loaded = new HashMap<String, ProfileFolder.Loaded>();
        for (var name : profileNames) {
            int equals = name.indexOf('=');
            var profile = profiles.find(name.substring(equals + 1));
            if (profile.binary()) throw Failure.usage("--profile " + name + " reads bytes; decode them first: carbomt decode --format csv");
            if (loaded.put(equals < 0 ? "" : name.substring(0, equals), profile) != null) throw Failure.usage("--profile " + name + ": a second profile of the same device");
        }
        return loaded;
    }

    private void read(EmissionSource source, Map<String, ProfileFolder.Loaded> loaded, HourRun run) {
        var form = form();
        var devices = devices(source.inputs());
        for (var device : loaded.keySet()) {
            if (!device.isEmpty() && !devices.contains(device)) throw Failure.usage("--profile " + device + "=…; expected one of the devices of the source: " + String.join(", ", devices));
        }
        var byFile = new LinkedHashMap<String, String>();
        for (var argument : readings) {
            var device = devices.stream().filter(d -> argument.startsWith(d + "=")).findFirst();
            var file = device.map(d -> argument.substring(d.length() + 1)).orElse(argument);
            if (device.isEmpty() && devices.size() > 1) throw Failure.usage("READINGS = " + argument + "; expected DEVICE=FILE with one of the devices " + String.join(", ", devices));
            if (!file.equals("-") && !Files.isRegularFile(Path.of(file)) && !Files.exists(Path.of(file))) throw Failure.unreadable(file, new java.nio.file.NoSuchFileException(file));
            byFile.put(file, device.orElse(devices.first()));
        }
        var files = new ReadingFiles(io.in(), form, run::add);
        byFile.forEach((file, device) -> {
            var profile = Optional.ofNullable(loaded.getOrDefault(device, loaded.get("")));
            if (profile.isPresent()) files.read(file, device, profile.get().profile(), profile.get().maxBytes());
            else files.read(file, device, PlainColumns.of(channels(source, device), wholeHour, Optional.ofNullable(offset)), Pieces.MAX_BYTES);
        });
        if (files.refusals().isEmpty()) return;
        files.refusals().forEach(this::complain);
        throw Failure.refused("nothing was computed: " + files.refusals().size() + (files.refusals().size() == 1 ? " refusal" : " refusals") + (files.refusals().size() < ReadingFiles.MOST_REFUSALS ? "" : ", and perhaps more"));
    }

    /** Role to channel, of one device; a channel once. */
    private static Map<String, String> channels(EmissionSource source, String device) {
        var roles = new TreeMap<String, String>();
        source.inputs().forEach((role, ref) -> {
            if (ref.deviceId().equals(device) && !roles.containsValue(ref.channel())) roles.put(role, ref.channel());
        });
        return roles;
    }

    private Optional<MappedPieces.Form> form() {
        if (columns.isEmpty()) {
            if (timeFormat != null) throw Failure.usage("--time-format belongs to --column");
            if (offset != null && !profileNames.isEmpty()) throw Failure.usage("--utc-offset belongs to --time-format, or to readings without --profile");
            return Optional.empty();
        }
        if (!columns.containsKey("time")) throw Failure.usage("--column time=HEADER is missing: hours are made by the time of readings");
        return Optional.of(new MappedPieces.Form(columns, delimiter, Optional.ofNullable(timeFormat).map(HoursCommand::formatter), Optional.ofNullable(offset)));
    }

    private static DateTimeFormatter formatter(String pattern) {
        try {
            return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern).toFormatter(Locale.ROOT);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Failure.usage("--time-format = " + pattern + "; expected letters of Java's DateTimeFormatter, e.g. 'MM-dd-yyyy H' (" + e.getMessage() + ")");
        }
    }
}
