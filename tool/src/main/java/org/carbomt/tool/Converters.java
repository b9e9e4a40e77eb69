package org.carbomt.tool;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Values of options, with errors that say what would be right. */
final class Converters {
    private Converters() {}

    /** For a command line that has all of its commands. */
    static void register(CommandLine line) {
        line.registerConverter(Instant.class, converter(Instant::parse, "a time such as 2026-03-01T05:00:00Z"));
        line.registerConverter(ZoneOffset.class, converter(ZoneOffset::of, "an offset such as -07:00"));
        line.registerConverter(BigDecimal.class, converter(BigDecimal::new, "a decimal number"));
        line.registerConverter(Integer.class, converter(Integer::valueOf, "a whole number"));
    }

    private static <T> CommandLine.ITypeConverter<T> converter(Function<String, T> parser, String expected) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (DateTimeException | NumberFormatException e) {
                throw new TypeConversionException("'" + text + "'; expected " + expected);
            }
        };
    }
}
