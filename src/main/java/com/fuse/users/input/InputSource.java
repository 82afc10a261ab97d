package com.fuse.users.input;

import com.fuse.users.text.FileProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The input of one run.
 *
 * @param name the name for people: the file as the operator named it, "standard input", or the given user IDs
 * @param path a regular file with the content, which can be read several times
 * @param fromFolder whether the operator named the folder and not this file
 */
public record InputSource(InputKind kind, String name, Path path, boolean fromFolder) {
    private static final int IDS_SHOWN = 5;

    /** A file. */
    public InputSource(String name, Path path, boolean fromFolder) {
        this(InputKind.FILE, name, path, fromFolder);
    }

    /**
     * The inputs that {@code operands} name, in the given order. A folder means its {@code .csv} and {@code .csv.gz}
     * files in name order, {@code -} means standard input. All operands are checked before the first is read. Content
     * that can be read only once is copied to a temporary file.
     *
     * @param note takes a line about the files of a folder that are left out
     * @throws InputException (66) if one of them does not exist, is unreadable or is an empty folder
     */
    public static List<InputSource> resolve(List<String> operands, Consumer<String> note) {
        List<Operand> checked =
                operands.stream().map(operand -> Operand.check(operand, note)).toList();
        return checked.stream().flatMap(operand -> operand.sources().stream()).toList();
    }

    /** The name without its folders. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** An input with one user ID per line, for users who are named on the command line. */
    public static InputSource ofUserIds(List<Long> ids) {
        String shown = ids.stream().limit(IDS_SHOWN).map(String::valueOf).collect(Collectors.joining(","));
        String name = "--user " + (ids.size() <= IDS_SHOWN ? shown : shown + ",… (" + ids.size() + " users)");
        String lines = ids.stream().map(id -> id + "\n").collect(Collectors.joining());
        InputStream content = new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII));
        return new InputSource(InputKind.USERS, name, TemporaryFile.of(name, content), false);
    }

    /**
     * The content from its start, decompressed if it is gzip, whatever the name of the file. The caller closes it. Its
     * reads throw an InputException (65) if the gzip is cut short or damaged.
     *
     * @throws InputException (66) if the file is gone or unreadable
     */
    public InputStream open() {
        boolean compressed = isCompressed();
        try {
            InputStream bytes = Files.newInputStream(path);
            return compressed ? new GzipMembers(name, bytes) : bytes;
        } catch (IOException e) {
            throw cannotBeRead(e);
        }
    }

    /** Whether the file is gzip according to its first bytes. */
    public boolean isCompressed() {
        try (InputStream bytes = Files.newInputStream(path)) {
            return bytes.read() == GzipMembers.FIRST_MAGIC_BYTE && bytes.read() == GzipMembers.SECOND_MAGIC_BYTE;
        } catch (IOException e) {
            throw cannotBeRead(e);
        }
    }

    /** The refusal of a source that cannot be read. */
    public InputException cannotBeRead(Exception cause) {
        return InputException.missing(
                name,
                "cannot be read (" + FileProblem.describe(cause)
                        + "); check that it exists and may be read, and run again.");
    }
}
