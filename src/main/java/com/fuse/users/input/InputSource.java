package com.fuse.users.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one run reads.
 *
 * @param name what people are shown: the file as it was named, "standard input", or the user IDs that were asked for
 * @param path a regular file with the content, which can be read as often as needed
 * @param fromFolder whether a folder was named, not this file
 */
public record InputSource(InputKind kind, String name, Path path, boolean fromFolder) {
    private static final int IDS_SHOWN = 5;

    /** A file. */
    public InputSource(String name, Path path, boolean fromFolder) {
        this(InputKind.FILE, name, path, fromFolder);
    }

    /**
     * The inputs that {@code operands} name, in the order given. All are checked before the first is read: a folder
     * means its {@code .csv} and {@code .csv.gz} files by name, {@code -} standard input. What can be read only once is
     * copied to a temporary file.
     *
     * @throws InputException of kind MISSING where any of them is not there, may not be read, or is an empty folder
     */
    public static List<InputSource> resolve(List<String> operands) {
        List<Operand> checked = operands.stream().map(Operand::check).toList();
        return checked.stream().flatMap(operand -> operand.sources().stream()).toList();
    }

    /** An input of one user ID a line, for users who are named on the command line. */
    public static InputSource ofUserIds(List<Long> ids) {
        String shown = ids.stream().limit(IDS_SHOWN).map(String::valueOf).collect(Collectors.joining(","));
        String name = "--user " + (ids.size() <= IDS_SHOWN ? shown : shown + ",… (" + ids.size() + " users)");
        String lines = ids.stream().map(id -> id + "\n").collect(Collectors.joining());
        InputStream content = new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII));
        return new InputSource(InputKind.USERS, name, TemporaryFile.of(name, content), false);
    }

    /**
     * The content from its start, decompressed where it is gzip, whatever the file is called. To be closed by the
     * caller. Its reads throw an InputException of kind UNREADABLE where the gzip is truncated or damaged.
     *
     * @throws InputException of kind MISSING where the file is gone or may not be read
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

    /** Whether the file is gzip, judged by its first bytes. */
    public boolean isCompressed() {
        try (InputStream bytes = Files.newInputStream(path)) {
            return bytes.read() == GzipMembers.FIRST_MAGIC_BYTE && bytes.read() == GzipMembers.SECOND_MAGIC_BYTE;
        } catch (IOException e) {
            throw cannotBeRead(e);
        }
    }

    InputException cannotBeRead(Exception cause) {
        String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return InputException.missing(
                name, "cannot be read (" + reason + "); see to it that it is there and may be read, and run again.");
    }
}
