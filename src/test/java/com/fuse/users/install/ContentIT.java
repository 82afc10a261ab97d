package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.cli.FuseUsersCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The folder and the tar.gz that the build creates contain the whole program, and the same. */
class ContentIT {

    private static final Path ARCHIVE = Path.of("target", "fuse-users.tar.gz");
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    private final Path built = FuseUsers.INSTALLATION;

    @Test
    void theArchiveHasTheFilesOfTheFolder() throws IOException {
        Map<String, String> archived = new TreeMap<>();
        readArchive((entry, content) -> archived.put(entry.getName(), DigestUtils.sha256Hex(content)));

        assertThat(archived).isEqualTo(digestsOfTheFolder());
    }

    @Test
    void onlyTheCommandIsExecutable() throws IOException {
        Map<String, Integer> modes = new TreeMap<>();
        readArchive((entry, content) -> modes.put(entry.getName(), entry.getMode() & 0777));

        assertThat(modes).containsEntry("fuse-users/bin/fuse-users", EXECUTABLE);
        modes.remove("fuse-users/bin/fuse-users");
        assertThat(modes.values()).containsOnly(READABLE);
        assertThat(Files.isExecutable(built.resolve("bin/fuse-users"))).isTrue();
    }

    @Test
    void hasTheJarOfTheBuildAndTheListOfItsClasses() throws IOException {
        assertThat(built.resolve("lib/fuse-users.jar")).hasSameBinaryContentAs(Path.of("target", "fuse-users.jar"));
        assertThat(Files.readAllLines(built.resolve("lib/classes.list")))
                .contains(
                        "com/fuse/users/change/ChangeWriter",
                        "com/fuse/users/report/RunReport",
                        "org/postgresql/Driver",
                        "org/springframework/batch/core/step/StepExecution")
                .doesNotContain("org/postgresql/util/LazyCleanerImpl");
    }

    @Test
    void hasAManualPageForEveryCommand() throws IOException {
        try (Stream<Path> pages = Files.list(built.resolve("share/man/man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            pages("fuse-users", FuseUsersCommand.commandLine()).toList());
        }
        assertThat(Files.readString(built.resolve("share/man/man1/fuse-users-deactivate.1")))
                .contains(".TH \"FUSE\\-USERS\\-DEACTIVATE\" \"1\"", "\\-\\-dry\\-run");
    }

    private static Stream<String> pages(String name, CommandLine command) {
        return Stream.concat(
                Stream.of(name + ".1"),
                command.getSubcommands().entrySet().stream()
                        .flatMap(below -> pages(name + "-" + below.getKey(), below.getValue())));
    }

    @Test
    void hasTheCompletionScriptThatTheProgramPrints(@TempDir Path folder) throws Exception {
        assertThat(built.resolve("share/bash-completion/completions/fuse-users"))
                .content()
                .isEqualTo(Installation.withoutClassList(folder.resolve("fuse-users"))
                        .run("generate-completion")
                        .exits(0)
                        .out());
    }

    /** Licences other than Apache's require that their text is passed on. */
    @Test
    void hasTheLicenceOfEveryDependency() throws IOException {
        Path licences = built.resolve("share/doc/fuse-users");
        List<String> listed = Files.readAllLines(licences.resolve("THIRD-PARTY.txt"));
        List<String> artifacts = listed.stream()
                .filter(line -> line.startsWith("     ("))
                .filter(line -> !line.contains("Apache"))
                .map(line -> line.replaceFirst(".* \\([^:]+:([^:]+):.*", "$1"))
                .toList();

        assertThat(listed)
                .anySatisfy(line -> assertThat(line).contains("org.springframework.batch:spring-batch-core:"));
        assertThat(artifacts).contains("postgresql", "slf4j-api").allSatisfy(artifact -> assertThat(
                        Stream.of(artifact, artifact.replaceFirst("-.*", ""))
                                .map(licences.resolve("licenses")::resolve))
                .anyMatch(Files::isDirectory));
        try (Stream<Path> ofPostgresql = Files.walk(licences.resolve("licenses/postgresql"))) {
            assertThat(ofPostgresql)
                    .as("texts of the libraries in the driver")
                    .anyMatch(file -> file.toString().contains("com.ongres.scram") && file.endsWith("LICENSE"));
        }
    }

    private Map<String, String> digestsOfTheFolder() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        List<Path> archives = new Installation(built).archives();
        try (Stream<Path> files = Files.walk(built).filter(Files::isRegularFile)) {
            for (Path file : files.filter(file -> !archives.contains(file)).toList()) {
                digests.put("fuse-users/" + built.relativize(file), DigestUtils.sha256Hex(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    private interface Visitor {
        void visit(TarArchiveEntry entry, byte[] content);
    }

    private static void readArchive(Visitor visitor) throws IOException {
        try (InputStream file = Files.newInputStream(ARCHIVE);
                TarArchiveInputStream archive = new TarArchiveInputStream(
                        new GzipCompressorInputStream(file, true), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.isFile()) {
                    visitor.visit(entry, archive.readAllBytes());
                }
            }
        }
    }
}
