package org.carbomt.tool.proof;

import org.carbomt.tool.Command;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import picocli.CommandLine;

/** {@code carbomt proof}. */
@CommandLine.Command(name = "proof", description = "Works on proof files of retired credits.", synopsisSubcommandLabel = "COMMAND")
public final class ProofCommand extends Command {
    private ProofCommand(Streams io) {
        super(io);
    }

    public static CommandLine withCommands(Streams io) {
        return new CommandLine(new ProofCommand(io)).addSubcommand(new ProofCheck(io));
    }

    @Override
    public Integer call() {
        throw Failure.usage("proof: a command is missing: check");
    }
}
