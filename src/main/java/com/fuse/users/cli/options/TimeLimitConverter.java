package com.fuse.users.cli.options;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a time limit on the command line: a number with its unit, such as 500ms, 5s or 30m, or ISO 8601. */
final class TimeLimitConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        Duration limit = parse(value);
        // Without a unit, the number would be milliseconds.
        if (Character.isDigit(value.charAt(value.length() - 1)) || limit.isNegative()) {
            throw notALimit(value);
        }
        return limit;
    }

    private static Duration parse(String value) {
        try {
            return DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw notALimit(value);
        }
    }

    private static TypeConversionException notALimit(String value) {
        return new TypeConversionException("'%s' is not a time such as 500ms, 5s, 30m or PT5S".formatted(value));
    }
}
