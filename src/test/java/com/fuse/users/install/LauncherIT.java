package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers.Result;
import com.fuse.users.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed command finds itself and a Java, and prints and exits as the program does. */
class LauncherIT {

    private final Path folder;
    private final Path command;

    LauncherIT(@TempDir Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.command =
                Installation.withoutClassList(folder.resolve("fuse-users")).command();
    }

    @Test
    void runsThroughSymbolicLinksFromAFolderWithSpaces() throws Exception {
        Path home = Installation.withoutClassList(folder.resolve("with two spaces/fuse users"))
                .home();
        Path relative = Files.createSymbolicLink(
                folder.resolve("relative"), folder.relativize(home).resolve("bin/fuse-users"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("fuse-users"), Path.of("../relative"));

        Result result = Installation.run(link, Map.of(), "runs", "--version");

        assertThat(relative).isSymbolicLink();
        assertThat(result).isEqualTo(Installation.VERSION);
    }

    /** Runs the lines in folders of the test. */
    @Test
    void isInstalledAsTheReadmeSays() throws Exception {
        List<String> lines =
                MarkdownPage.read(Path.of("README.md")).blocks("sh").get(0);
        Path opt = Files.createDirectory(folder.resolve("opt"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        String script = lines.stream()
                .map(line -> line.replace("/opt", opt.toString()).replace("/usr/local/bin", bin.toString()))
                .collect(Collectors.joining("\n"));

        Result installed = Installation.run(List.of("sh", "-ec", script), Map.of("PATH", before(bin)));
        Result version = Installation.run(bin.resolve("fuse-users"), Map.of(), "runs", "--version");

        assertThat(lines).hasSize(3);
        assertThat(installed).isEqualTo(new Result(0, "", ""));
        assertThat(version).isEqualTo(Installation.VERSION);
        assertThat(new Installation(opt.resolve("fuse-users")).archives()).hasSize(1);
    }

    @Test
    void printsAndExitsAsTheJarDoes() throws Exception {
        Path java = Installation.JAVA_HOME.resolve("bin/java");
        Result jar =
                Installation.run(java, Map.of(), "-jar", "target/fuse-users.jar", "deactivate", "--nonsense", "a b");

        Result installed = Installation.run(command, Map.of(), "deactivate", "--nonsense", "a b");

        assertThat(installed).isEqualTo(jar.exits(64));
    }

    @Test
    void withoutAnyJavaSaysWhatToDo() throws Exception {
        Path missing = folder.resolve("missing");

        Result result = versionOn(missing.toString(), folder.toString());

        assertThat(result).isEqualTo(noJava("JAVA_HOME %s has no Java; the PATH has no Java".formatted(missing)));
    }

    @Test
    void tellsAnOlderJavaByItsFile() throws Exception {
        Path old = Installation.javaThatCallsItself("1.8.0_392", folder);

        Result result = versionOn(old.toString(), folder.toString());

        assertThat(result).isEqualTo(noJava("JAVA_HOME %s has Java 1.8.0_392; the PATH has no Java".formatted(old)));
    }

    @Test
    void asksAJavaWithoutThatFileForItsVersion() throws Exception {
        Path old = folder.resolve("old");
        Installation.script(old.resolve("java"), "echo 'openjdk version \"16.0.2\" 2021-07-20' >&2");

        Result result = versionOn("", before(old));

        assertThat(result).isEqualTo(noJava("the PATH has Java 16.0.2"));
    }

    /** Some managers of Javas have one program behind all their links. */
    @Test
    void runsAJavaThatMustBeCalledByTheNameOfItsLink() throws Exception {
        Path shims = Files.createDirectory(folder.resolve("shims"));
        Installation.script(
                folder.resolve("multi"),
                "[ \"${0##*/}\" = java ] && exec '%s/bin/java' \"$@\"".formatted(Installation.JAVA_HOME));
        Files.createSymbolicLink(shims.resolve("java"), folder.resolve("multi"));

        Result result = versionOn("", before(shims));

        assertThat(result).isEqualTo(Installation.VERSION);
    }

    @Test
    void aCopyOfTheCommandAloneSaysWhatToDo() throws Exception {
        Path copy = Files.copy(
                command, Files.createDirectories(folder.resolve("copy/bin")).resolve("fuse-users"));
        Path lib = Files.createDirectory(folder.resolve("copy/lib")).toRealPath();

        assertThat(Installation.run(copy, Map.of(), "runs"))
                .isEqualTo(new Result(
                        78,
                        "",
                        "fuse-users: %s/fuse-users.jar is missing; run the command in its installation, or a symbolic link to it.\n"
                                .formatted(lib)));
    }

    @Test
    void takesTheJavaOfThePathIfThatOfJavaHomeIsTooOld() throws Exception {
        Path old = Installation.javaThatCallsItself("11.0.2", folder);
        Path shims = folder.resolve("shims");
        Installation.script(shims.resolve("java"), "exec '%s/bin/java' \"$@\"".formatted(Installation.JAVA_HOME));

        Result result = versionOn(old.toString(), before(shims));

        assertThat(result).isEqualTo(Installation.VERSION);
    }

    private Result versionOn(String javaHome, String path) throws IOException, InterruptedException {
        return Installation.run(command, Map.of("JAVA_HOME", javaHome, "PATH", path), "runs", "--version");
    }

    private static String before(Path folder) {
        return folder + ":" + System.getenv("PATH");
    }

    private static Result noJava(String found) {
        return new Result(
                78,
                "",
                "fuse-users: there is no Java 17 or newer (%s); install one, or set JAVA_HOME to its folder.\n"
                        .formatted(found));
    }
}
