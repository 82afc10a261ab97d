package com.fuse.users.cli.options;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an age on the command line as Spring Boot converts durations, but requires a unit. */
public final class AgeConverter implements ITypeConverter<Duration> {

    /** Spring Boot takes a number without a unit for milliseconds. */
    private static final String NUMBER = "[+-]?\\d+";

    @Override
    public Duration convert(String value) {
        Duration age = parse(value);
        if (age.isNegative()) {
            throw notADuration(value);
        }
        return age;
    }

    private static Duration parse(String value) {
        if (value.matches(NUMBER)) {
            throw notADuration(value);
        }
        try {
            return DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException e) {
            throw notADuration(value);
        }
    }

    private static TypeConversionException notADuration(String value) {
        return new TypeConversionException("'%s' is not a duration such as 90d, 12h, P90D or PT12H".formatted(value));
    }
}
