package org.carbomt.tool.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import picocli.CommandLine;

/** {@code carbomt cid}: the address that evidence is stored under. */
@CommandLine.Command(name = "cid", description = "Prints the CID of files (version 1, raw, SHA-256), as stored evidence is addressed.")
public final class CidCommand extends Command {
    @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of any size; - is the standard input.")
    private List<String> files;

    public CidCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        int code = Exit.OK;
        for (var file : files) {
            var digest = Hash.digest();
            var buffer = new byte[1 << 16];
            try (var in = file.equals("-") ? io.in() : Files.newInputStream(Path.of(file))) {
                for (int n; (n = in.read(buffer)) >= 0;) digest.update(buffer, 0, n);
            } catch (IOException e) {
                complain(Failure.unreadable(file, e).getMessage());
                code = Exit.UNREADABLE;
                continue;
            }
            io.out().println(Cid.of(Hash.of(digest.digest())) + "  " + file);
        }
        return code;
    }
}
