package com.fuse.users.cli;

import com.fuse.users.database.Migrator;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code migrate}: the only command that creates or alters anything in the schema. */
@Command(
        name = "migrate",
        description = "Brings the database's schema up to date, and makes the group role fuse_users_job. Needs the"
                + " login that owns the schema.",
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
            int applied =
                    new Migrator(session.get(InterruptibleDataSource.class).patient()).migrate();
            console.println("%d migrations applied; the schema is up to date".formatted(applied));
        }
    }
}
