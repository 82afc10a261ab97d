package com.fuse.users.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is either complete or absent: it has a temporary name until {@link #publish} flushes it to the disk and
 * renames it. If it is closed before, nothing is left.
 */
public final class ReportFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final Path temporary;
    private final OutputStream stream;

    public ReportFile(Path path) throws IOException {
        this.path = path;
        this.temporary = path.resolveSibling(path.getFileName() + ".part");
        this.stream = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER_BYTES);
    }

    public OutputStream stream() {
        return stream;
    }

    public void publish() throws IOException {
        stream.close();
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
