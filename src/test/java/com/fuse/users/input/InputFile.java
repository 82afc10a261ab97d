package com.fuse.users.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The input {@code users.csv}, and the result of reading it with the whole package. */
record InputFile(InputSource source) {

    /** What the package makes of the input. */
    record Read(InputFormat format, List<UserRecord> rows, List<String> notes) {}

    static InputFile text(Path folder, String content) {
        return text(folder, content, StandardCharsets.UTF_8);
    }

    static InputFile text(Path folder, String content, Charset charset) {
        return bytes(folder, content.getBytes(charset));
    }

    static InputFile bytes(Path folder, byte[] content) {
        try {
            return new InputFile(
                    new InputSource("users.csv", Files.write(folder.resolve("users.csv"), content), false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    InputFormat format() {
        return format(ColumnChoice.NONE);
    }

    InputFormat format(@Nullable String column) {
        return format(new ColumnChoice(column, false, null));
    }

    InputFormat format(ColumnChoice choice) {
        return new FormatDetector(choice, false, true).detect(source, InputDigest.of(source));
    }

    List<UserRecord> rows() {
        return read().rows();
    }

    List<UserRecord> rows(@Nullable String column) {
        return read(new ColumnChoice(column, false, null), false).rows();
    }

    /** The notes about the content, complete because all rows are read. */
    List<String> notes() {
        return read().notes();
    }

    Read read() {
        return read(ColumnChoice.NONE, false);
    }

    Read read(ColumnChoice choice, boolean withSuccessors) {
        InputDigest digest = InputDigest.of(source);
        InputFormat format = new FormatDetector(choice, withSuccessors, true).detect(source, digest);
        List<UserRecord> rows = new ArrayList<>();
        try (UserRecordReader reader = new UserRecordReader(source, digest, format)) {
            for (UserRecord row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
            return new Read(format, rows, reader.notes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<@Nullable Long> userIds() {
        List<@Nullable Long> ids = new ArrayList<>();
        rows().forEach(row -> ids.add(row.userId()));
        return ids;
    }

    List<Long> lines() {
        return rows().stream().map(UserRecord::line).toList();
    }
}
