package org.carbomt.tool;

import org.carbomt.api.CarboException;
import org.carbomt.tool.backup.RestoreCommand;
import org.carbomt.tool.book.BookCommand;
import org.carbomt.tool.decode.DecodeCommand;
import org.carbomt.tool.forecast.ForecastCommand;
import org.carbomt.tool.hours.HoursCommand;
import org.carbomt.tool.model.ModelCommand;
import org.carbomt.tool.plume.PlumeCommand;
import org.carbomt.tool.profile.ProfileCommand;
import org.carbomt.tool.proof.CidCommand;
import org.carbomt.tool.proof.ProofCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program: its commands, and what becomes of their errors. No stack trace ever reaches the user. */
@CommandLine.Command(name = "carbomt", description = "Runs the calculators of CARBO MT on files; no container is needed.", synopsisSubcommandLabel = "COMMAND")
public final class Tool extends Command {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Tool(Streams io) {
        super(io);
    }

    /** Runs one command. @return its exit code */
    public static int run(Streams io, String... args) {
        var line = new CommandLine(new Tool(io)).addSubcommand(new DecodeCommand(io)).addSubcommand(new HoursCommand(io)).addSubcommand(new ForecastCommand(io)).addSubcommand(ModelCommand.withCommands(io)).addSubcommand(new BookCommand(io)).addSubcommand(new PlumeCommand(io)).addSubcommand(ProofCommand.withCommands(io)).addSubcommand(ProfileCommand.withCommands(io)).addSubcommand(new CidCommand(io)).addSubcommand(new RestoreCommand(io));
        line.setOut(new java.io.PrintWriter(io.out(), true)).setErr(new java.io.PrintWriter(io.err(), true)).setCaseInsensitiveEnumValuesAllowed(true).setAbbreviatedOptionsAllowed(false);
        Converters.register(line);
        line.setParameterExceptionHandler(Tool::wrongUsage).setExecutionExceptionHandler((e, command, result) -> failed(io, command, e));
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            io.complain("not enough memory for this input; give more with JAVA_TOOL_OPTIONS=-Xmx4g");
            return Exit.UNREADABLE;
        } catch (StackOverflowError | LinkageError e) {
            return defect(io, e);
        }
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(io.err());
        return Exit.USAGE;
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        command.getErr().println("carbomt: " + Streams.printable(e.getMessage()));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) unmatched.printSuggestions(command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return Exit.USAGE;
    }

    private static int failed(Streams io, CommandLine command, Exception e) {
        if (e instanceof Failure failure) {
            io.complain(failure.getMessage());
            if (failure.exitCode() == Exit.USAGE) io.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return failure.exitCode();
        }
        if (e instanceof CarboException problem) {
            io.complain(problem.problem().sentence());
            return Exit.REFUSED;
        }
        return defect(io, e);
    }

    private static int defect(Streams io, Throwable e) {
        var trace = e.getStackTrace();
        io.complain("a defect of this program: " + e + (trace.length == 0 ? "" : " at " + trace[0]) + ". Please report it with the command and, if you may, its input.");
        return Exit.DEFECT;
    }
}
