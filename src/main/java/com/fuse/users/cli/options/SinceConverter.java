package com.fuse.users.cli.options;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in UTC: a date, a time in ISO 8601, or how long ago, as {@link AgeConverter} reads it. */
public final class SinceConverter implements ITypeConverter<Instant> {

    private static final Pattern BEGINS_WITH_A_DATE = Pattern.compile("\\d{4}-.*");

    @Override
    public Instant convert(String value) {
        if (!BEGINS_WITH_A_DATE.matcher(value).matches()) {
            return Instant.now().minus(new AgeConverter().convert(value));
        }
        try {
            return value.contains("T")
                    ? Instant.parse(value)
                    : LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'%s' is not a time such as 2026-11-29, 2026-11-29T02:30:00Z, 7d or 12h".formatted(value));
        }
    }
}
