package com.fuse.users.cli;

import com.fuse.users.audit.UserHistory;
import com.fuse.users.audit.UserHistory.Entry;
import com.fuse.users.cli.options.OptionCheck;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.report.HistoryJson;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.HistoryText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code history}: lists the runs that named a user. */
@Command(
        name = "history",
        description = {
            "Lists every run that named the user, newest first.",
            "Shows when, the outcome, the command, who made it, and why. Runs that were purged are not listed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users history --user 605", "  fuse-users history --email anna@example.org --json"})
final class HistoryCommand implements Runnable {

    /** Names one user. */
    static final class User {

        @Option(
                names = "--user",
                paramLabel = "ID",
                required = true,
                description = "The user's ID. The user may be gone.")
        private @Nullable Long id;

        @Option(names = "--username", paramLabel = "NAME", required = true, description = "The username, exactly.")
        private @Nullable String username;

        @Option(
                names = "--email",
                paramLabel = "ADDRESS",
                required = true,
                description = "The e-mail address, in any case.")
        private @Nullable String email;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private User user = new User();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private final Console console;
    private final Sessions sessions;

    HistoryCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        if (user.id != null) {
            OptionCheck.requireUserId(spec, user.id);
        }
        try (Session session = sessions.toRead()) {
            long id = find(session.userHistory());
            List<Entry> entries = session.userHistory().of(id);
            if (json) {
                console.print(HistoryJson.of(entries));
            } else {
                console.println(session.database().line());
                console.print(HistoryText.of(id, entries));
            }
        }
    }

    private long find(UserHistory history) {
        if (user.id != null) {
            return user.id;
        }
        return (user.username == null
                        ? history.findByEmail(Objects.requireNonNull(user.email))
                        : history.findByUsername(user.username))
                .orElseThrow(() -> new RefusedException(
                        ExitCode.USAGE,
                        "no user has the %s; if the user is gone, give the ID by --user"
                                .formatted(
                                        user.username == null
                                                ? "e-mail address " + user.email
                                                : "username " + user.username)));
    }
}
