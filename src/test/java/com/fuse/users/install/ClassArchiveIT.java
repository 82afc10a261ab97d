package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    private static final Duration A_WHILE = Duration.ofSeconds(120);
    private static final String LATER_BUILD = "20991231235959";
    private static final String CREATE = "--create-class-archive";
    private static final String COMMAND = "com/fuse/users/cli/FuseUsersCommand";
    private static final String LOADED_FROM_ARCHIVE = COMMAND.replace('/', '.') + " source: shared objects file";

    private static final List<String> WITHOUT_PRIVILEGE =
            List.of("setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override");

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
        assertThat(usesArchive(installation, Installation.JAVA_HOME)).isTrue();
    }

    @Test
    void anUpgradedProgramDoesNotUseItAndCreatesAnother() throws Exception {
        Installation upgraded = withArchive("upgraded");
        Path killed = Files.createFile(upgraded.lib().resolve("new-classes.killed"));
        Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        String launcher = Files.readString(upgraded.command());
        Files.writeString(upgraded.command(), launcher.replaceFirst("(?m)^build='.*'$", "build='" + LATER_BUILD + "'"));

        assertThat(usesArchive(upgraded, Installation.JAVA_HOME)).isFalse();

        awaitOnly(upgraded, "classes-" + LATER_BUILD + "-");
        assertThat(killed).doesNotExist();
        assertThat(usesArchive(upgraded, Installation.JAVA_HOME)).isTrue();
    }

    @Test
    void anotherJavaDoesNotUseItAndCreatesOneOfItsOwn() throws Exception {
        Path other = Installation.javaThatCallsItself("17.0.90", folder);

        assertThat(usesArchive(installation, other)).isFalse();

        await().atMost(A_WHILE).until(() -> installation.archives().stream()
                .anyMatch(archive -> archive.getFileName().toString().contains("-17.0.90-")));
        await().atMost(A_WHILE).until(() -> installation.unfinishedArchives().isEmpty());
        assertThat(usesArchive(installation, other)).isTrue();
        assertThat(usesArchive(installation, Installation.JAVA_HOME)).isTrue();
    }

    @Test
    void anUpgradedJavaDoesNotUseItAndCreatesAnother() throws Exception {
        Installation copy = withShortList("java-upgraded");
        Path java = Installation.javaThatCallsItself("17.0.91", folder);
        Installation.run(copy.command(), Map.of("JAVA_HOME", java.toString()), CREATE)
                .exits(0);
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.92\"\n");

        assertThat(usesArchive(copy, java)).isFalse();

        awaitOnly(copy, "classes-.*-17\\.0\\.92-");
    }

    @Test
    void aMovedProgramDoesNotUseItAndCreatesAnother() throws Exception {
        Installation first = withArchive("first");
        Installation moved = new Installation(folder.resolve("moved"));
        Files.move(first.home(), moved.home());

        assertThat(usesArchive(moved, Installation.JAVA_HOME)).isFalse();

        await().atMost(A_WHILE).until(() -> moved.archives().size() == 2);
        assertThat(usesArchive(moved, Installation.JAVA_HOME)).isTrue();
    }

    @Test
    void aJarThatIsNewerDoesNotUseItAndGetsAnother() throws Exception {
        Installation copy = withArchive("newer");
        Files.setLastModifiedTime(copy.lib().resolve("fuse-users.jar"), FileTime.from(Instant.now()));

        assertReplaced(copy);
    }

    @Test
    void isNotTriedAgainSoonAfterAFailure() throws Exception {
        Installation copy = withShortList("failed");
        Path failed = Files.createFile(copy.lib().resolve("new-classes.failed"));
        Path tried = folder.resolve("tried");
        Installation.script(folder.resolve("bin/nice"), "touch '%s'".formatted(tried));
        Map<String, String> path = Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));

        Installation.run(copy.command(), path, "--version").exits(0);
        await().during(Duration.ofSeconds(1)).until(() -> !Files.exists(tried));
        Files.delete(failed);
        Installation.run(copy.command(), path, "--version").exits(0);

        await().atMost(A_WHILE).until(() -> Files.exists(tried));
    }

    @Test
    void itsCreationDoesNotHoldALockOfTheCaller() throws Exception {
        Installation copy = withShortList("locked");
        String lock = "flock --nonblock '%s'".formatted(folder.resolve("lock"));

        Result result = Installation.run(
                List.of("sh", "-c", "%s '%s' --version && %s true".formatted(lock, copy.command(), lock)), Map.of());

        assertThat(result).isEqualTo(Installation.VERSION);
        await().atMost(A_WHILE).until(() -> copy.archives().size() == 1);
    }

    @Test
    void theJvmRefusesItForAJarThatWasReplaced() throws Exception {
        Path jar = installation.lib().resolve("fuse-users.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        try {
            assertThat(usesArchive(installation, Installation.JAVA_HOME)).isFalse();
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    /** The JVM crashes on such an archive. */
    @Test
    void aTruncatedOneIsReplaced() throws Exception {
        Installation copy = withArchive("truncated");
        Path archive = copy.archives().get(0);
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertReplaced(copy);
    }

    @Test
    void oneThatIsNoArchiveIsNotUsed() throws Exception {
        Installation copy = withArchive("damaged");
        Path archive = copy.archives().get(0);
        Files.write(archive, new byte[(int) Files.size(archive)]);

        assertThat(usesArchive(copy, Installation.JAVA_HOME)).isFalse();
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
                        "fuse-users: cannot create the class archive; check that %1$s/classes.list exists and that %1$s is writable.\n"
                                .formatted(readOnly.lib().toRealPath())));
        assertThat(version).isEqualTo(Installation.VERSION);
        assertThat(readOnly.archives()).isEmpty();
        assertThat(readOnly.unfinishedArchives()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    private Installation withArchive(String name) throws IOException, InterruptedException {
        Installation copy = withShortList(name);
        copy.run(CREATE).exits(0);
        return copy;
    }

    /** A copy whose archive has a tenth of the classes, among them that of the command, and is created in less time. */
    private Installation withShortList(String name) throws IOException, InterruptedException {
        Installation copy = Installation.at(folder.resolve(name).resolve("fuse-users"));
        Path list = copy.lib().resolve("classes.list");
        List<String> lines = Files.readAllLines(list);
        Files.write(list, lines.subList(0, lines.indexOf(COMMAND) + 1));
        return copy;
    }

    /** Runs a command, which must print the version alone. */
    private boolean usesArchive(Installation installation, Path javaHome) throws IOException, InterruptedException {
        Path loaded = folder.resolve("loaded.txt");
        Files.deleteIfExists(loaded);
        Map<String, String> variables =
                Map.of("JAVA_HOME", javaHome.toString(), "FUSE_USERS_OPTS", "-Xlog:class+load:file=" + loaded);

        assertThat(Installation.run(installation.command(), variables, "--version"))
                .isEqualTo(Installation.VERSION);

        return Files.readString(loaded).contains(LOADED_FROM_ARCHIVE);
    }

    /** The next command does not use the archive and creates another, which the one after it uses. */
    private void assertReplaced(Installation installation) throws IOException, InterruptedException {
        Instant before = Instant.now();

        assertThat(usesArchive(installation, Installation.JAVA_HOME)).isFalse();

        await().atMost(A_WHILE)
                .ignoreException(NoSuchFileException.class)
                .until(() -> installation.unfinishedArchives().isEmpty()
                        && Files.getLastModifiedTime(installation.archives().get(0))
                                .toInstant()
                                .isAfter(before));
        assertThat(usesArchive(installation, Installation.JAVA_HOME)).isTrue();
    }

    private static void awaitOnly(Installation installation, String start) {
        await().atMost(A_WHILE)
                .until(() -> installation.unfinishedArchives().isEmpty()
                        && installation.archives().stream()
                                .allMatch(archive ->
                                        archive.getFileName().toString().matches(start + ".*")));
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
