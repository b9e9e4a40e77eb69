package org.carbomt.tool.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import picocli.CommandLine;

/** {@code carbomt profile}: what there is, and whether a file is right. */
@CommandLine.Command(name = "profile", description = "Lists and checks hardware profiles.", synopsisSubcommandLabel = "COMMAND")
public final class ProfileCommand extends Command {
    private ProfileCommand(Streams io) {
        super(io);
    }

    public static CommandLine withCommands(Streams io) {
        return new CommandLine(new ProfileCommand(io)).addSubcommand(new Check(io)).addSubcommand(new ListAll(io));
    }

    @Override
    public Integer call() {
        throw Failure.usage("profile: a command is missing: check or list");
    }

    /** {@code carbomt profile check FILE...}. */
    @CommandLine.Command(name = "check", description = "Checks hardware profiles: against the schema, for sense, and by their own examples.")
    static final class Check extends Command {
        @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "Profiles (YAML).")
        private List<Path> files;

        Check(Streams io) {
            super(io);
        }

        @Override
        public Integer call() {
            int code = Exit.OK;
            for (var file : files) {
                try {
                    var loaded = ProfileFolder.load(file);
                    var profile = loaded.profile();
                    io.out().println("ok       " + file + ": " + profile.id() + " " + profile.version() + ", " + profile.channels().size() + " channels, "
                            + (loaded.examples() == 0 ? "but no example to try it on" : loaded.examples() + (loaded.examples() == 1 ? " example holds" : " examples hold")));
                } catch (Failure failure) {
                    io.out().println("REFUSED  " + Streams.printable(failure.getMessage()));
                    code = Math.max(code, failure.exitCode());
                }
            }
            return code;
        }
    }

    /** {@code carbomt profile list}. */
    @CommandLine.Command(name = "list", description = "Lists the hardware profiles of the folder, each with its channels and units.")
    static final class ListAll extends Command {
        @CommandLine.Mixin
        private ProfileFolder folder;

        ListAll(Streams io) {
            super(io);
        }

        @Override
        public Integer call() {
            int code = Exit.OK;
            for (var file : folder.files()) {
                try {
                    var profile = ProfileFolder.load(file).profile();
                    io.out().println(profile.id() + " " + profile.version() + "  " + profile.title());
                    io.out().println("    " + profile.channels().stream().map(c -> c.name() + " " + c.unit() + (c.grade().name().equals("MEASURED") ? "" : " (" + c.grade().name().toLowerCase(java.util.Locale.ROOT) + ")")).collect(Collectors.joining(", ")));
                } catch (Failure failure) {
                    complain(failure.getMessage());
                    code = Math.max(code, failure.exitCode());
                }
            }
            return code;
        }
    }
}
