package com.fuse.users.install;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Writes the list of the classes that a class archive may contain. */
public final class ClassList {

    private ClassList() {}

    /**
     * Leaves out the classes of which the jar has a version for newer Javas. If an agent or a flight recording asks for
     * the bytes of such a class, Java 17 looks for the other version, and crashes if there is none.
     *
     * @param arguments the jar, the list that Java recorded, and the list to write. If there is no recorded list, none is
     *     written.
     */
    public static void main(String[] arguments) throws IOException {
        Set<String> versioned = versioned(Path.of(arguments[0]));
        List<String> recorded;
        try {
            recorded = Files.readAllLines(Path.of(arguments[1]));
        } catch (NoSuchFileException e) {
            return;
        }
        Files.write(
                Path.of(arguments[2]),
                recorded.stream()
                        .filter(line -> Stream.of(line.split(" ")).noneMatch(versioned::contains))
                        .toList());
    }

    private static Set<String> versioned(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("META-INF/versions/"))
                    .map(name -> name.replaceFirst("META-INF/versions/\\d+/(.*)\\.class", "$1"))
                    .collect(toUnmodifiableSet());
        }
    }
}
