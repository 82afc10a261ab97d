package com.fuse.users.cli;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An age on the command line: Spring Boot's durations, but none without a unit, which would be milliseconds. */
final class AgeConverter implements ITypeConverter<Duration> {

    private static final String NUMBER = "[+-]?\\d+";

    @Override
    public Duration convert(String value) {
        Duration age = parse(value);
        if (age.isNegative()) {
            throw unusable(value);
        }
        return age;
    }

    private static Duration parse(String value) {
        if (value.matches(NUMBER)) {
            throw unusable(value);
        }
        try {
            return DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException e) {
            throw unusable(value);
        }
    }

    private static TypeConversionException unusable(String value) {
        return new TypeConversionException("'%s' is no age such as 90d, 12h, P90D or PT12H".formatted(value));
    }
}
