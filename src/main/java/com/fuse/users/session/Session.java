package com.fuse.users.session;

import com.fuse.users.communities.CommunitiesReport;
import com.fuse.users.database.DatabaseInitializer;
import com.fuse.users.database.DemoDatabase;
import com.fuse.users.database.Migrator;
import com.fuse.users.database.SchemaVersion;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.job.Abandonment;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.purge.RunPurge;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.RunRepository;
import java.util.function.Function;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A command's connection to the database, with the objects that work on it. */
public final class Session implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final DatabaseInitializer database;

    private Session(ConfigurableApplicationContext context, DatabaseInitializer database) {
        this.context = context;
        this.database = database;
    }

    /**
     * Connects as the login of the job, to a schema that is up to date.
     *
     * @throws RefusedException if no database is configured, or its schema is not the program's
     */
    public static Session open() {
        Session session = connect(DemoDatabase.Settings::job);
        try {
            session.get(SchemaVersion.class).findMismatch().ifPresent(mismatch -> {
                throw new RefusedException(ExitCode.CONFIGURATION, mismatch);
            });
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** Connects as the login that owns the schema, whatever its version. */
    public static Session openAsOwner() {
        return connect(DemoDatabase.Settings::owner);
    }

    private static Session connect(Function<DemoDatabase.Settings, DemoDatabase.Login> login) {
        DatabaseInitializer database = new DatabaseInitializer(login);
        try {
            return new Session(
                    new SpringApplicationBuilder(FuseUsersConfiguration.class)
                            .initializers(database)
                            .run(),
                    database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The program's settings. */
    public Environment settings() {
        return context.getEnvironment();
    }

    public RunLauncher launcher() {
        return get(RunLauncher.class);
    }

    public Abandonment abandonment() {
        return get(Abandonment.class);
    }

    public RunRepository runs() {
        return get(RunRepository.class);
    }

    public RunSummaries summaries() {
        return get(RunSummaries.class);
    }

    public LiveRuns liveRuns() {
        return get(LiveRuns.class);
    }

    public RunReport report() {
        return get(RunReport.class);
    }

    public CommunitiesReport communities() {
        return get(CommunitiesReport.class);
    }

    public RunPurge purge() {
        return get(RunPurge.class);
    }

    /** A migrator over connections that allow long statements. */
    public Migrator migrator() {
        return new Migrator(get(InterruptibleDataSource.class).patient());
    }

    /** Runs the work in one read-only transaction. */
    public void inReadOnlyTransaction(Runnable work) {
        TransactionTemplate transaction = new TransactionTemplate(get(PlatformTransactionManager.class));
        transaction.setReadOnly(true);
        transaction.executeWithoutResult(status -> work.run());
    }

    private <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
