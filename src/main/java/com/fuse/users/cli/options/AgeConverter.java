package com.fuse.users.cli.options;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts an age on the command line: days, hours, or ISO 8601. Refuses months and minutes outside of ISO 8601: {@code 12M}
 * must not remove the runs that ended twelve minutes ago if the operator means months.
 */
public final class AgeConverter implements ITypeConverter<Duration> {

    private static final Pattern DAYS_OR_HOURS = Pattern.compile("(\\d+)([dDhH])");
    private static final Pattern MINUTES_OR_MONTHS = Pattern.compile("\\d+[mM]");
    private static final Pattern MONTHS = Pattern.compile("[pP](\\d+[yY])?\\d+[mM](\\d+[dD])?");

    @Override
    public Duration convert(String value) {
        if (MINUTES_OR_MONTHS.matcher(value).matches()) {
            throw new TypeConversionException(
                    "'%s' may mean minutes or months; give days or hours, such as 365d or 12h".formatted(value));
        }
        if (MONTHS.matcher(value).matches()) {
            throw new TypeConversionException(
                    "'%s' is in months, which differ in length; give days, such as 365d or P365D".formatted(value));
        }
        Duration age = parse(value);
        if (age.isNegative()) {
            throw notADuration(value);
        }
        return age;
    }

    private static Duration parse(String value) {
        try {
            Matcher simple = DAYS_OR_HOURS.matcher(value);
            if (!simple.matches()) {
                return Duration.parse(value);
            }
            long number = Long.parseLong(simple.group(1));
            return simple.group(2).equalsIgnoreCase("d") ? Duration.ofDays(number) : Duration.ofHours(number);
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            throw notADuration(value);
        }
    }

    private static TypeConversionException notADuration(String value) {
        return new TypeConversionException("'%s' is not a duration such as 90d, 12h, P90D or PT12H".formatted(value));
    }
}
