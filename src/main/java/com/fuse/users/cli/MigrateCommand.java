package com.fuse.users.cli;

import com.fuse.users.database.Migrator.Migrated;
import com.fuse.users.database.PlatformDiffersException;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code migrate}: the only command that changes the schema. */
@Command(
        name = "migrate",
        description = {
            "Brings the database schema up to date and creates the group role fuse_users_job.",
            "Needs the login that owns the schema. If the platform's own tables exist, it compares them column by column."
                    + " If they differ from what the program needs, it changes nothing and lists every difference; otherwise"
                    + " it adds the job's tables, guards and role, and leaves the platform's tables as they are."
        },
        footerHeading = "%nExample:%n",
        footer = "  SPRING_DATASOURCE_USERNAME=owner fuse-users migrate")
final class MigrateCommand implements Callable<Integer> {

    private final Console console;
    private final Sessions sessions;
    private final Failures failures;

    MigrateCommand(Console console, Sessions sessions, Failures failures) {
        this.console = console;
        this.sessions = sessions;
        this.failures = failures;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.asOwner()) {
            console.println(session.database().line());
            print(session.migrator().migrate());
            return ExitCode.OK.status();
        } catch (PlatformDiffersException e) {
            int status = failures.report(e);
            e.differences().forEach(console::note);
            return status;
        }
    }

    private void print(Migrated migrated) {
        if (migrated.tookPlatform()) {
            console.println("The platform's own tables in schema public are as needed; they stay as they are");
        }
        console.println(Counts.of(migrated.applied(), "migration") + " applied; the schema is up to date");
        migrated.unindexed()
                .forEach(table -> console.note(("note: no index of public.%1$s begins with user_id, so each chunk of a"
                                + " run reads the whole table; create one: create index concurrently on"
                                + " public.%1$s (user_id)")
                        .formatted(table)));
    }
}
