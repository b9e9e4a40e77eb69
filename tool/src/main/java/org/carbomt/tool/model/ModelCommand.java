package org.carbomt.tool.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.models.Cards;
import org.carbomt.models.Contract;
import org.carbomt.models.OnnxNetworks;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import picocli.CommandLine;

/** {@code carbomt model}: whether a trained model would be taken. */
@CommandLine.Command(name = "model", description = "Checks trained models.", synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand extends Command {
    private ModelCommand(Streams io) {
        super(io);
    }

    public static CommandLine withCommands(Streams io) {
        return new CommandLine(new ModelCommand(io)).addSubcommand(new Check(io));
    }

    @Override
    public Integer call() {
        throw Failure.usage("model: a command is missing: check");
    }

    /** {@code carbomt model check FOLDER}. */
    @CommandLine.Command(name = "check", description = {"Checks a model as the container would: its card, its network, and what it answers on trial inputs.", "",
        "FOLDER holds card.json and, unless the method is a plain rule, model.onnx. Whether it would serve depends on the model in service as well, which is not known here."})
    static final class Check extends Command {
        @CommandLine.Parameters(paramLabel = "FOLDER", description = "Folder with card.json and model.onnx.")
        private Path folder;

        Check(Streams io) {
            super(io);
        }

        @Override
        public Integer call() {
            var card = Cards.read(read(folder.resolve("card.json")));
            var file = folder.resolve("model.onnx");
            var onnx = Files.exists(file) ? Optional.of(read(file)) : Optional.<byte[]>empty();
            Cards.match(card, onnx);
            var kind = Contract.all().stream().filter(k -> k.id().equals(card.kind())).findFirst()
                    .orElseThrow(() -> new CarboException.Invalid(new Problem("model.kind", "kind", card.kind(), "one of " + Contract.all().stream().map(Contract::id).toList())));
            if (onnx.isEmpty()) {
                kind.accept(card);
            } else {
                try (var network = new OnnxNetworks().open(onnx.get())) {
                    kind.accept(card, network);
                }
            }
            io.out().println("ok       " + card.id() + ": keeps the contract of " + kind.id());
            io.out().println(String.format(java.util.Locale.ROOT, "%-24s %s", card.method(), card.scores()));
            card.yardsticks().forEach((method, scores) -> io.out().println(String.format(java.util.Locale.ROOT, "%-24s %s", method, scores)));
            return Exit.OK;
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw Failure.unreadable(file.toString(), e);
            }
        }
    }
}
