package com.fuse.users.session;

import com.fuse.users.audit.RunVerifier;
import com.fuse.users.audit.UserHistory;
import com.fuse.users.check.DatabaseChecks;
import com.fuse.users.communities.CommunitiesReport;
import com.fuse.users.database.DatabaseInitializer;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.DemoDatabase;
import com.fuse.users.database.Migrator;
import com.fuse.users.database.SchemaVersion;
import com.fuse.users.database.ServerState;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunListings;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.job.Abandonment;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.preflight.Rights;
import com.fuse.users.purge.RunPurge;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.RunRepository;
import com.fuse.users.tables.Change;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A command's connection to the database, with the objects that work on it. */
public final class Session implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final DatabaseInitializer initializer;

    private Session(ConfigurableApplicationContext context, DatabaseInitializer initializer) {
        this.context = context;
        this.initializer = initializer;
    }

    static Session connect(Function<DemoDatabase.Settings, DemoDatabase.Login> login) {
        DatabaseInitializer initializer = new DatabaseInitializer(login);
        try {
            return new Session(
                    new SpringApplicationBuilder(FuseUsersConfiguration.class)
                            .environment(Settings.variables())
                            .initializers(initializer)
                            .run(),
                    initializer);
        } catch (RuntimeException e) {
            initializer.close();
            throw e;
        }
    }

    /** @throws RefusedException if the program cannot change the database of this server */
    void requireWritable() {
        checks().findServerRefusal().ifPresent(this::refuse);
    }

    /** @throws RefusedException if the schema is not the program's */
    public void requireSchema() {
        get(SchemaVersion.class).findMismatch().ifPresent(this::refuse);
    }

    /** @throws RefusedException if the login may not make this change */
    public void requireRights(Change change) {
        new Rights(get(JdbcClient.class), change).require();
    }

    /** Checks of the server and the platform's tables. */
    public DatabaseChecks checks() {
        return new DatabaseChecks(get(DataSource.class), database(), get(ServerState.class));
    }

    private void refuse(String reason) {
        throw new RefusedException(
                ExitCode.CONFIGURATION, "%s: %s".formatted(database().describe(), reason));
    }

    /** The database, and the login there. */
    public DatabaseLogin database() {
        return get(DatabaseLogin.class);
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

    public RunListings listings() {
        return get(RunListings.class);
    }

    public RunVerifier verifier() {
        return get(RunVerifier.class);
    }

    public UserHistory userHistory() {
        return get(UserHistory.class);
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

    /**
     * Does the work in one read-only transaction, which sees one state of the database and has time for statements over a
     * whole run.
     */
    public <T> T inReadOnlyTransaction(Supplier<T> work) {
        TransactionTemplate transaction = new TransactionTemplate(get(PlatformTransactionManager.class));
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return transaction.execute(status -> {
            get(RunDatabase.class).giveTime();
            return work.get();
        });
    }

    private <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        initializer.close();
    }
}
