package com.fuse.users.cli;

import com.fuse.users.report.CommunitiesReport;
import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RefusedException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code communities}: the All communities report. */
@Command(
        name = "communities",
        description = "Lists all communities with their admins, as CSV: community_id, name, is_global, member_count,"
                + " admin_ids, admin_usernames. Look the community IDs of a refusal up in it.",
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users communities --output communities.csv", "  fuse-users communities | grep ^28,"})
final class CommunitiesCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write a file that opens in a spreadsheet, with a byte order mark. Default: standard output.")
    private @Nullable Path output;

    private final Console console;

    CommunitiesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open()) {
            CommunitiesReport report = session.get(CommunitiesReport.class);
            if (output == null) {
                try (Writer writer = console.writer()) {
                    report.write(writer);
                }
            } else {
                console.println(
                        String.format(Locale.ROOT, "%,d communities written to %s", write(report, output), output));
            }
        }
        return ExitCode.OK.status();
    }

    private static long write(CommunitiesReport report, Path output) {
        try {
            return report.write(output);
        } catch (IOException e) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "%s cannot be written (%s); name another file by --output"
                            .formatted(output, e.getClass().getSimpleName()));
        }
    }
}
