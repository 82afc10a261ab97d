package com.fuse.users;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Passes a test what it works on, by the type of a parameter: a {@link TestDatabase} of its own, the {@link World} in it,
 * a temporary folder as {@link Path}, and {@link FuseUsers} on both. They live as long as the instance of the test class.
 * Then the database is closed, and a check that fails there fails the test.
 */
public final class TestPlatform implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(TestPlatform.class);
    private static final Set<Class<?>> TYPES = Set.of(TestDatabase.class, World.class, Path.class, FuseUsers.class);

    /** The folder outlives the database, because the last checks read it. */
    private record Place(Path folder, TestDatabase database) implements AutoCloseable {

        static Place make() {
            try {
                return new Place(Files.createTempDirectory("fuse-users"), TestDatabase.create());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                database.close();
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    /** A class's constructor gets the objects of one test, unless all tests share its instance. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Store store = context.getStore(NAMESPACE);
        Place place = store.computeIfAbsent(Place.class, key -> Place.make(), Place.class);
        if (type == TestDatabase.class) {
            return place.database();
        }
        if (type == World.class) {
            return store.computeIfAbsent(type, key -> new World(place.database()));
        }
        if (type == FuseUsers.class) {
            return store.computeIfAbsent(type, key -> new FuseUsers(place.database(), place.folder()));
        }
        return place.folder();
    }
}
