package com.fuse.users.cli;

import com.fuse.users.terminal.Console;
import java.lang.reflect.Constructor;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Hands the console to the commands that print, and their end to those that make runs. */
record CommandFactory(Console console, CommandEnd end) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            List<Class<?>> parameters = List.of(constructor.getParameterTypes());
            if (parameters.equals(List.of(Console.class))) {
                return type.cast(constructor.newInstance(console));
            }
            if (parameters.equals(List.of(Console.class, CommandEnd.class))) {
                return type.cast(constructor.newInstance(console, end));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
