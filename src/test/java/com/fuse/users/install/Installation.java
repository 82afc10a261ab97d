package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of {@link FuseUsers#INSTALLATION}.
 *
 * @param home the folder of the copy
 */
record Installation(Path home) {

    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** The result of {@code --version}. */
    static final Result VERSION = new Result(0, "fuse-users 1.0.0\n", "");

    /** Keeps the times of the files, as {@code tar} does, but takes no class archive along. */
    static Installation at(Path home) throws IOException, InterruptedException {
        Files.createDirectories(home.getParent());
        assertThat(run(List.of("cp", "-Rp", FuseUsers.INSTALLATION.toString(), home.toString()), Map.of()))
                .isEqualTo(new Result(0, "", ""));
        Installation installation = new Installation(home);
        for (Path archive : installation.archives()) {
            Files.delete(archive);
        }
        return installation;
    }

    /** A copy whose commands create no class archive in the background, because it has no list of classes. */
    static Installation withoutClassList(Path home) throws IOException, InterruptedException {
        Installation installation = at(home);
        Files.delete(installation.lib().resolve("classes.list"));
        return installation;
    }

    Path command() {
        return home.resolve("bin/fuse-users");
    }

    Path lib() {
        return home.resolve("lib");
    }

    /** The complete class archives. */
    List<Path> archives() throws IOException {
        return files("classes-");
    }

    /** The class archives that a process is writing, or was when it was killed. */
    List<Path> unfinishedArchives() throws IOException {
        return files("new-classes.");
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(lib())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** Runs the command on the Java of the tests. */
    Result run(String... arguments) throws IOException, InterruptedException {
        return run(command(), Map.of(), arguments);
    }

    /** Runs a program with these variables besides those of the tests. */
    static Result run(Path program, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(List.of(arguments));
        return run(words, variables);
    }

    static Result run(List<String> words, Map<String, String> variables) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder program =
                    new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
            program.environment().put("JAVA_HOME", JAVA_HOME.toString());
            program.environment().putAll(variables);
            int exit = program.start().waitFor();
            return new Result(exit, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Makes the folder of a Java that is the Java of the tests, but calls itself by another version. */
    static Path javaThatCallsItself(String version, Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("java-" + version));
        script(home.resolve("bin/java"), "exec '%s/bin/java' \"$@\"".formatted(JAVA_HOME));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
        return home;
    }

    static void script(Path file, String command) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
