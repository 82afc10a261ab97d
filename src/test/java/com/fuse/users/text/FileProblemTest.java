package com.fuse.users.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A problem with a file is told without the names of Java's exceptions. */
class FileProblemTest {

    @Test
    void isDescribedInWords(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(problem(() -> Files.newInputStream(folder.resolve("none")))).isEqualTo("it does not exist");
        assertThat(problem(() -> Files.createDirectory(file))).isEqualTo("a file is in its place");
        assertThat(problem(() -> Files.createFile(file.resolve("below")))).isEqualTo("Not a directory");
        assertThat(FileProblem.describe(new AccessDeniedException("x"))).isEqualTo("permission denied");
        assertThat(FileProblem.describe(new FileSystemException("x", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileProblem.describe(new UncheckedIOException(new IOException("broken"))))
                .isEqualTo("broken");
        assertThat(FileProblem.describe(new IOException())).isEqualTo("the reason is unknown");
    }

    private static String problem(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            return FileProblem.describe(e);
        }
        throw new AssertionError("no problem");
    }

    private interface Work {
        void run() throws IOException;
    }
}
