package com.fuse.users.cli.options;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.csv.Identifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which columns of an input count. */
public final class ColumnOptions {

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The only column that identifies users, by its heading. Default: user_id, username and email,"
                    + " which must name the same user.")
    private @Nullable String column;

    @Option(
            names = "--no-header",
            description = "The first record is a row. State the column by its position, --column N.")
    private boolean noHeader;

    @Option(
            names = "--identifier",
            paramLabel = "KIND",
            description = "The kind of identifiers in the column of --column: ${COMPLETION-CANDIDATES}.")
    private @Nullable Identifier identifier;

    /** Refuses values that make no sense, before anything is opened. */
    public void check(CommandSpec spec) {
        OptionCheck.require(
                spec,
                !noHeader || column == null || ColumnChoice.isPosition(column),
                "with --no-header, --column must be a position from 1 on",
                column);
        if (!noHeader && column != null && ColumnChoice.looksLikeUser(column)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--column takes a heading, but '%s' looks like a user; for a file without a header, give --no-header and a position"
                            .formatted(column));
        }
    }

    /** Which columns of the inputs count. */
    public ColumnChoice choice() {
        return new ColumnChoice(column, noHeader, identifier);
    }
}
