package com.fuse.users;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tests' class path, and an archive of the libraries' classes in it, with which a process starts in about two thirds of
 * the time. The JVM takes no folder into an archive, but accepts folders behind what the archive holds.
 */
final class LibraryArchive {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Surefire ends the class path with a separator, behind which the current folder would be part of it. */
    private static final List<String> ENTRIES = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .toList();

    private static final String LIBRARIES = ENTRIES.stream()
            .filter(entry -> !Files.isDirectory(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));

    private static final String CLASS_PATH = ENTRIES.stream()
            .filter(entry -> Files.isDirectory(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator, LIBRARIES + File.pathSeparator, ""));

    private static final Path FOLDER = Path.of("target", "library-archive").toAbsolutePath();

    /** The JVM itself checks the times of the libraries, so it is enough that another class path has another archive. */
    private static final Path ARCHIVE = FOLDER.resolve("%08x.jsa".formatted(LIBRARIES.hashCode()));

    private LibraryArchive() {}

    /** The command that starts the program from the tests' class path, with the JVM options of the installed command. */
    static List<String> command() {
        if (!Files.exists(ARCHIVE)) {
            create();
        }
        return Files.exists(ARCHIVE)
                ? program("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds*=off", "-Xlog:class+path=off")
                : program();
    }

    private static List<String> program(String... options) {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "@" + Path.of("src/main/install/lib/java.options").toAbsolutePath()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", CLASS_PATH, FuseUsersApplication.class.getName()));
        return command;
    }

    /** One JVM creates it; the others go without until it is there. */
    private static synchronized void create() {
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel file = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.tryLock()) {
                if (lock != null && !Files.exists(ARCHIVE)) {
                    record();
                    dump();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the list of the classes that a run loads. */
    private static void record() throws IOException, InterruptedException {
        try (TestDatabase database = TestDatabase.create()) {
            new World(database).user(1);
            List<String> command = program("-XX:DumpLoadedClassList=" + FOLDER.resolve("classes.list"));
            command.addAll(List.of("deactivate", "--yes", "--max-percent", "100"));
            Path input = Files.writeString(FOLDER.resolve("users.csv"), "user_id\n1\n");
            command.addAll(List.of("--report-dir", FOLDER.resolve("reports").toString(), input.toString()));
            ProcessBuilder run = new ProcessBuilder(command);
            database.jobSettings()
                    .forEach((setting, value) -> run.environment().put(FuseUsers.variable(setting), value));
            run(run);
        }
    }

    private static void dump() throws IOException, InterruptedException {
        Path unfinished = FOLDER.resolve("unfinished.jsa");
        run(new ProcessBuilder(
                JAVA,
                "-XX:+UseSerialGC",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + FOLDER.resolve("classes.list"),
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                LIBRARIES));
        Files.move(unfinished, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(ProcessBuilder process) throws IOException, InterruptedException {
        Path output = FOLDER.resolve("output.txt");
        int exit = process.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(Files.readString(output));
        }
    }
}
