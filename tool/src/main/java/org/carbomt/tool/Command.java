package org.carbomt.tool;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** What all commands have: help, version, exit codes, streams. */
@CommandLine.Command(mixinStandardHelpOptions = true, versionProvider = Command.Version.class, usageHelpAutoWidth = true, sortOptions = false, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:done", "1:the input was refused, or a proof is broken", "2:wrong usage", "3:a file cannot be read"})
public abstract class Command implements Callable<Integer> {
    protected final Streams io;

    protected Command(Streams io) {
        this.io = io;
    }

    /** Says on stderr what is wrong; the command goes on. */
    protected void complain(String sentence) {
        io.complain(sentence);
    }

    /** The build's version: rule books stamp it on what they compute, as their bundles do. */
    public static final class Version implements CommandLine.IVersionProvider {
        public static String text() {
            var properties = new Properties();
            try (var in = Version.class.getResourceAsStream("/carbomt-tool.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return properties.getProperty("version");
        }

        @Override
        public String[] getVersion() {
            return new String[] {"carbomt " + text() + " (Java " + Runtime.version().feature() + ")"};
        }
    }
}
