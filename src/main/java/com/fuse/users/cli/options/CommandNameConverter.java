package com.fuse.users.cli.options;

import com.fuse.users.run.CommandName;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a command that makes runs, as the user types it. */
public final class CommandNameConverter implements ITypeConverter<CommandName> {

    @Override
    public CommandName convert(String value) {
        try {
            return CommandName.of(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'%s' is not one of %s".formatted(value, String.join(", ", Names.NAMES)));
        }
    }

    /** All such names. */
    public static final class Names implements Iterable<String> {

        private static final List<String> NAMES =
                Arrays.stream(CommandName.values()).map(CommandName::text).toList();

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }
}
