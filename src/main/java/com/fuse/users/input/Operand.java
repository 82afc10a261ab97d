package com.fuse.users.input;

import com.fuse.users.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One operand of the command line. It exists and is readable.
 *
 * @param path null for standard input
 * @param files the inputs in the folder, by name; empty unless {@code path} is a folder
 */
record Operand(String name, @Nullable Path path, List<Path> files) {
    private static final String STANDARD_INPUT = "-";

    /**
     * @param note takes a line about the files of a folder that are left out
     * @throws InputException (66) if there is nothing to read under this name
     */
    static Operand check(String name, Consumer<String> note) {
        if (name.equals(STANDARD_INPUT)) {
            return new Operand("standard input", null, List.of());
        }
        // An empty path means the current folder, which an unset shell variable must not select.
        if (name.isBlank()) {
            throw InputException.missing("''", "is not the name of a file or folder; name one and run again.");
        }
        Path path = path(name);
        if (!Files.exists(path)) {
            throw InputException.missing(name, "no such file or folder; check the name and run again.");
        }
        checkReadable(path);
        return new Operand(name, path, Files.isDirectory(path) ? files(path, note) : List.of());
    }

    /** The inputs to read. Copies standard input or a pipe to its end. */
    List<InputSource> sources() {
        if (path == null) {
            return List.of(new InputSource(InputKind.STANDARD_INPUT, name, TemporaryFile.of(name, System.in), false));
        }
        if (!files.isEmpty()) {
            return files.stream()
                    .map(file -> new InputSource(file.toString(), file, true))
                    .toList();
        }
        return List.of(new InputSource(name, Files.isRegularFile(path) ? path : copy(path), false));
    }

    private Path copy(Path pipe) {
        try (InputStream content = Files.newInputStream(pipe)) {
            return TemporaryFile.of(name, content);
        } catch (IOException e) {
            throw new InputSource(name, pipe, false).cannotBeRead(e);
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw InputException.missing(
                    Excerpt.quoted(name),
                    e.getReason().startsWith("Malformed input")
                            ? "has letters that this locale does not know; set LC_ALL=C.UTF-8 and run again."
                            : "is not a file name here (" + e.getReason() + "); check it and run again.");
        }
    }

    private static List<Path> files(Path folder, Consumer<String> note) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new InputSource(folder.toString(), folder, true).cannotBeRead(e);
        }
        List<Path> inputs = files.stream().filter(Operand::isInput).toList();
        List<String> others = files.stream()
                .filter(file -> !isInput(file))
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
        if (!others.isEmpty()) {
            note.accept("%s: left out because the name does not end in .csv or .csv.gz, or starts with a dot: %s"
                    .formatted(folder, Excerpt.columns(others)));
        }
        if (inputs.isEmpty()) {
            throw InputException.missing(
                    folder.toString(),
                    "the folder holds no .csv or .csv.gz file; is the volume mounted? Put the files there and run again.");
        }
        inputs.forEach(Operand::checkReadable);
        return inputs;
    }

    /** As in a shell, * does not match a leading dot: such a file is an upload in progress, or belongs to a system. */
    private static boolean isInput(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".csv") || name.endsWith(".csv.gz"));
    }

    private static void checkReadable(Path path) {
        if (!Files.isReadable(path)) {
            throw InputException.missing(
                    path.toString(), "may not be read; give this user the right to read it and run again.");
        }
    }
}
