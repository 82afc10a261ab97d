package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class archive saves time and is otherwise not noticed: a command never uses one of another program or another
 * Java, and prints the same without it. Two processes create the archive of this installation at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassArchiveIT {

    private static final String CREATE = "--create-class-archive";
    private static final String LOADED_FROM_ARCHIVE = "com.fuse.users.cli.FuseUsersCommand source: shared objects file";

    private static final List<String> WITHOUT_PRIVILEGE =
            List.of("setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override");

    private static final Result VERSION = new Result(0, Installation.VERSION, "");

    private final Path folder;
    private final Installation installation;
    private final List<Result> creations;

    ClassArchiveIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        installation = Installation.at(folder.resolve("fuse-users"));
        CompletableFuture<Result> first = CompletableFuture.supplyAsync(this::create);
        Result second = create();
        creations = List.of(first.join(), second);
    }

    private Result create() {
        try {
            return installation.run(CREATE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void twoProcessesCreateItAtOnce() throws IOException {
        assertThat(creations).containsOnly(new Result(0, "", ""));
        assertThat(installation.archives()).isNotEmpty();
        assertThat(installation.unfinishedArchives()).isEmpty();
    }

    @Test
    void aCommandLoadsItsClassesFromIt() throws Exception {
        assertThat(usesArchive(installation.command(), Installation.JAVA_HOME)).isTrue();
    }

    @Test
    void aLaterBuildOfTheProgramDoesNotUseIt() throws Exception {
        Path upgraded = installation.home().resolve("bin/upgraded");
        Files.copy(installation.command(), upgraded);
        Files.writeString(
                upgraded, Files.readString(upgraded).replaceFirst("(?m)^build='.*'$", "build='20991231235959'"));
        assertThat(upgraded.toFile().setExecutable(true)).isTrue();

        assertThat(usesArchive(upgraded, Installation.JAVA_HOME)).isFalse();
    }

    @Test
    void anotherJavaDoesNotUseIt() throws Exception {
        assertThat(usesArchive(installation.command(), Installation.javaThatCallsItself("17.0.90", folder)))
                .isFalse();
    }

    @Test
    void theJvmRefusesItForAJarThatWasReplaced() throws Exception {
        Path jar = installation.lib().resolve("fuse-users.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        try {
            assertThat(usesArchive(installation.command(), Installation.JAVA_HOME))
                    .isFalse();
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    /** The JVM crashes on such an archive. */
    @Test
    void aTruncatedOneIsNotUsed() throws Exception {
        Path truncated =
                archiveFor("17.0.91", Files.readAllBytes(installation.archives().get(0)));
        try (RandomAccessFile file = new RandomAccessFile(truncated.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThat(usesArchive(installation.command(), Installation.javaThatCallsItself("17.0.91", folder)))
                .isFalse();
    }

    @Test
    void oneThatIsNoArchiveIsNotUsed() throws Exception {
        archiveFor("17.0.92", new byte[10_000]);

        assertThat(usesArchive(installation.command(), Installation.javaThatCallsItself("17.0.92", folder)))
                .isFalse();
    }

    @Test
    void isNotCreatedInAFolderThatMayNotBeWritten() throws Exception {
        Installation readOnly = Installation.at(folder.resolve("read-only/fuse-users"));
        Path home = Files.createDirectory(folder.resolve("home"));
        for (Path unwritable : List.of(readOnly.lib(), home)) {
            Files.setPosixFilePermissions(unwritable, PosixFilePermissions.fromString("r-xr-xr-x"));
        }

        Result created = unprivileged(readOnly, home, CREATE);
        Result version = unprivileged(readOnly, home, "--version");

        assertThat(created)
                .isEqualTo(new Result(
                        1,
                        "",
                        "fuse-users: the class archive is not created; this needs %1$s/classes.list and write access to %1$s.\n"
                                .formatted(readOnly.lib().toRealPath())));
        assertThat(version).isEqualTo(VERSION);
        assertThat(readOnly.archives()).isEmpty();
        assertThat(readOnly.unfinishedArchives()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void isCreatedInTheBackgroundOfACommandThatDoesNoWork() throws Exception {
        Installation fresh = Installation.at(folder.resolve("fresh/fuse-users"));
        Path abandoned = Files.createFile(fresh.lib().resolve("new-classes.killed"));
        Path older = Files.createFile(fresh.lib().resolve("classes-20250101000000-17.0.1-0.jsa"));

        fresh.run("runs", "--nonsense").exits(64);
        assertThat(fresh.archives()).containsExactly(older);
        assertThat(fresh.unfinishedArchives()).containsExactly(abandoned);

        assertThat(fresh.run("--version")).isEqualTo(VERSION);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fresh.unfinishedArchives().isEmpty() && !Files.exists(older));
        assertThat(fresh.archives()).hasSize(1);
        assertThat(usesArchive(fresh.command(), Installation.JAVA_HOME)).isTrue();
    }

    /** Runs a command that creates no archive, and that must print the version alone. */
    private boolean usesArchive(Path command, Path javaHome) throws IOException, InterruptedException {
        Path loaded = folder.resolve("loaded.txt");
        Files.deleteIfExists(loaded);
        Map<String, String> variables =
                Map.of("JAVA_HOME", javaHome.toString(), "JAVA_OPTS", "-Xlog:class+load:file=" + loaded);

        assertThat(Installation.run(command, variables, "runs", "--version")).isEqualTo(VERSION);

        return Files.readString(loaded).contains(LOADED_FROM_ARCHIVE);
    }

    /** Puts a file where the launcher looks for the archive of a Java of this version. */
    private Path archiveFor(String javaVersion, byte[] content) throws IOException {
        String name = installation.archives().get(0).getFileName().toString();
        String build = name.split("-")[1];
        return Files.write(
                installation.lib().resolve("classes-%s-%s-%d.jsa".formatted(build, javaVersion, content.length)),
                content);
    }

    private static Result unprivileged(Installation installation, Path home, String argument)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(WITHOUT_PRIVILEGE);
        }
        words.addAll(List.of(installation.command().toString(), argument));
        return Installation.run(words, Map.of("HOME", home.toString()));
    }
}
