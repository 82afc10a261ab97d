package com.fuse.users.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server as its data folder's {@code postmaster.pid} names it. The file outlives a server that was killed,
 * so the process may be gone, or the number may by now be another process's.
 *
 * @param startedAt seconds since 1970, which tell two servers of the same process number apart
 */
record Postmaster(long pid, long startedAt, int port) {

    private static final int PID_LINE = 0;
    private static final int START_LINE = 2;
    private static final int PORT_LINE = 3;

    static Path file(Path dataFolder) {
        return dataFolder.resolve("postmaster.pid");
    }

    /** The server of this folder; empty where there is no such file, or none that is whole. */
    static Optional<Postmaster> of(Path dataFolder) throws IOException {
        try {
            return parse(Files.readString(file(dataFolder)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static Optional<Postmaster> parse(String content) {
        List<String> lines = content.lines().map(String::strip).toList();
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.get(PID_LINE)),
                    Long.parseLong(lines.get(START_LINE)),
                    Integer.parseInt(lines.get(PORT_LINE))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether there is a PostgreSQL process of this number. It may still be a different server's. */
    boolean mayBeAlive() {
        return process()
                .flatMap(handle -> handle.info().command())
                .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .isPresent();
    }

    /** Asks the server to end once its clients have left. */
    void terminate() {
        process().ifPresent(ProcessHandle::destroy);
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid);
    }
}
