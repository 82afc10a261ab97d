package com.fuse.users.cli.options;

import com.fuse.users.run.CommandName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a command that makes runs, as the user types it. */
public final class CommandNameConverter implements ITypeConverter<CommandName> {

    @Override
    public CommandName convert(String value) {
        try {
            return CommandName.of(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'%s' is not one of %s".formatted(value, String.join(", ", CommandNames.ALL)));
        }
    }
}
