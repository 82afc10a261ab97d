package com.fuse.users.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own {@code pg_ctl} for the server of one data folder.
 *
 * @param data the data folder, by the path that its server was started with
 * @param log a file to which the output of {@code pg_ctl}, and of a server that it starts, is appended
 */
public record PgCtl(Path data, Path log) {

    /** The process, the data folder, the time of the start, the port. */
    private static final Pattern PID_FILE = Pattern.compile("(\\d{1,9})\\R.*\\R\\d+\\R(\\d{1,5})\\R");

    /** Whether a server was ever started on the data. */
    boolean wasStarted() {
        return Files.exists(commandLine());
    }

    /** Whether the binaries of the server's last start are still there. */
    boolean isInstalled() throws IOException {
        return Files.exists(program());
    }

    /**
     * Runs an action, such as {@code stop}, and waits until it is done.
     *
     * @throws IOException if it fails; the log says why
     */
    public void run(String action, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL does not run as root. In a user namespace of its own, root is a different user.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program().toString(), action, "--wait", "--pgdata=" + data, "--log=" + log));
        command.addAll(List.of(options));
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start()
                .onExit()
                .join()
                .exitValue();
        if (status != 0) {
            throw new IOException("pg_ctl %s ended with status %d; %s says why".formatted(action, status, log));
        }
    }

    /**
     * The port of the server; empty if it is not running. The server may not accept connections yet, or no longer.
     *
     * <p>{@code pg_ctl status} is not reliable: it takes any process that has a killed server's number for the server.
     */
    OptionalInt port() throws IOException {
        try {
            Matcher file = PID_FILE.matcher(Files.readString(pidFile()));
            return file.lookingAt() && isServer(Long.parseLong(file.group(1)))
                    ? OptionalInt.of(Integer.parseInt(file.group(2)))
                    : OptionalInt.empty();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Removes the file that a killed server leaves. PostgreSQL does not start if the file is damaged, or if another
     * process now has the process number in it.
     */
    void removePidFile() throws IOException {
        Files.deleteIfExists(pidFile());
    }

    private boolean isServer(long pid) {
        return ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .filter(process -> process.command().orElse("").contains("postgres"))
                // Windows does not show the arguments of a process.
                .filter(process -> process.arguments()
                        .map(arguments -> List.of(arguments).contains(data.toString()))
                        .orElse(true))
                .isPresent();
    }

    private Path program() throws IOException {
        Path server = Path.of(Files.readString(commandLine()).split(" \"", 2)[0]);
        return server.resolveSibling(server.getFileName().toString().replace("postgres", "pg_ctl"));
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    /** The file that holds the command line of the latest start. */
    private Path commandLine() {
        return data.resolve("postmaster.opts");
    }
}
