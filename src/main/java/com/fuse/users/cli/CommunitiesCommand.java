package com.fuse.users.cli;

import com.fuse.users.communities.CommunitiesReport;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.StandardOutput;
import com.fuse.users.text.Counts;
import com.fuse.users.text.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code communities}: the All communities report. */
@Command(
        name = "communities",
        description = "Prints all communities as CSV, each with its number of members and its admins.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users communities --output communities.csv    for a spreadsheet",
            "  fuse-users communities | grep ,true,               for another program"
        })
final class CommunitiesCommand implements Runnable {

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the report to this file, and replace the file if it exists. Default: standard output.")
    private @Nullable Path output;

    private final Console console;
    private final Sessions sessions;

    CommunitiesCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        Path file = output;
        // The report is renamed to its final name, which would replace the device itself.
        if (file != null && Files.exists(file) && !Files.isRegularFile(file)) {
            throw unwritable(file, "it is a folder or a device");
        }
        try (Session session = sessions.toRead()) {
            CommunitiesReport report = session.communities();
            if (file == null) {
                console.note(session.database().line());
                print(report);
            } else {
                write(report, file, session.database());
            }
        }
    }

    private void write(CommunitiesReport report, Path file, DatabaseLogin database) {
        try {
            long communities = report.write(file);
            console.println(database.line());
            console.println("Report: %s, %s".formatted(file, Counts.of(communities, "row")));
        } catch (IOException e) {
            throw unwritable(file, FileProblem.describe(e));
        }
    }

    private void print(CommunitiesReport report) {
        try {
            report.write(console.results());
        } catch (IOException e) {
            // A reader such as "head" may close the pipe early.
            if (!StandardOutput.hasReader()) {
                throw new RefusedException(
                        ExitCode.FAILED,
                        "the report cannot be written to standard output (%s); fix this and run it again"
                                .formatted(e.getMessage()));
            }
        }
    }

    private static RefusedException unwritable(Path file, String reason) {
        return new RefusedException(
                ExitCode.CONFIGURATION,
                "the report cannot be written to %s (%s); name another file by --output".formatted(file, reason));
    }
}
