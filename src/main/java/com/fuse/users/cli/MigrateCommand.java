package com.fuse.users.cli;

import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import picocli.CommandLine.Command;

/** {@code migrate}: the only command that changes the schema. */
@Command(
        name = "migrate",
        description = "Brings the database schema up to date and creates the group role fuse_users_job. Needs the login"
                + " that owns the schema.",
        footerHeading = "%nExample:%n",
        footer = "  SPRING_DATASOURCE_USERNAME=owner fuse-users migrate")
final class MigrateCommand implements Runnable {

    private final Console console;

    MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (Session session = Session.openAsOwner()) {
            int applied = session.migrator().migrate();
            console.println(Counts.of(applied, "migration") + " applied; the schema is up to date");
        }
    }
}
