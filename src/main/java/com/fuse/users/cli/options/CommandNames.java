package com.fuse.users.cli.options;

import com.fuse.users.run.CommandName;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The names of the commands that make runs, for completion. Not nested in {@link CommandNameConverter}: Java 25 crashes when
 * it writes a cache of classes in which only a nested class of a converter can be.
 */
public final class CommandNames implements Iterable<String> {

    static final List<String> ALL =
            Arrays.stream(CommandName.values()).map(CommandName::text).toList();

    @Override
    public Iterator<String> iterator() {
        return ALL.iterator();
    }
}
