package com.fuse.users.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.job.RunEnd;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.run.Completion;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunOptions;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.run.request.Pace;
import com.fuse.users.run.request.RowLimits;
import com.fuse.users.run.request.RunRequest;
import com.fuse.users.run.request.ThrottleLimits;
import com.fuse.users.session.FuseUsersConfiguration;
import com.fuse.users.staging.CsvRows;
import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.NotBack;
import com.fuse.users.tables.RowCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A new deactivation step is one entry in the list of deleted data: statement, plan, question, rights, report and the
 * note on what an undo does not bring back follow from it. This test adds the entry "saved_searches".
 */
@ExtendWith(TestPlatform.class)
class NewDeactivationStepTest {

    private static final String SENTENCE = "Saved searches never come back: users save them again.";

    private static final Deletion ENTRY = Deletion.ofAll("saved_searches").notBack(NotBack.never(SENTENCE));

    private static final InputSource USERS = InputSource.ofUserIds(List.of(1L, 2L));

    private final World world;
    private final Path folder;
    private final ConfigurableApplicationContext context;
    private final List<RowCounts> asked = new ArrayList<>();

    NewDeactivationStepTest(TestDatabase database, World world, Path folder) {
        this.world = world;
        this.folder = folder;
        world.execute("create table saved_searches (id bigint generated always as identity,"
                + " user_id bigint not null references users)");
        world.user(1);
        world.user(2);
        world.user(3);
        world.execute("insert into saved_searches (user_id) values (1), (1), (2), (3)");
        context = new SpringApplicationBuilder(FuseUsersConfiguration.class)
                .properties(new HashMap<>(database.jobSettings()))
                .initializers(fresh -> ((GenericApplicationContext) fresh)
                        .registerBean(
                                "summaries", RunSummaries.class, () -> summaries(fresh), bean -> bean.setPrimary(true)))
                .run();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theRunIsRefusedAndNamesTheMissingGrant() {
        RunEnd end = launch(false);

        assertThat(end.exitCode().status()).isEqualTo(78);
        assertThat(end.message())
                .isEqualTo(
                        "this login may not delete saved_searches; grant it the role fuse_users_job, and run \"migrate\" as the owner");
        assertThat(world.count("select count(*) from saved_searches")).isEqualTo(4);
        assertThat(asked).isEmpty();
    }

    @Test
    void thePlanCountsItsRows() {
        grant();

        RunEnd end = launch(true);

        assertThat(Objects.requireNonNull(end.summary()).rows().deleted()).containsEntry("saved_searches", 3L);
        assertThat(world.count("select count(*) from saved_searches")).isEqualTo(4);
    }

    @Test
    void theRunAsksDeletesReportsAndSaysWhatDoesNotComeBack() throws Exception {
        grant();

        RunEnd end = launch(false);

        assertThat(end.exitCode().status()).as(end.message()).isZero();
        assertThat(asked).singleElement().satisfies(rows -> assertThat(rows.deleted())
                .containsEntry("saved_searches", 3L));
        assertThat(world.texts("select user_id::text from saved_searches")).containsExactly("3");
        RunSummary summary = Objects.requireNonNull(end.summary());
        assertThat(summary.rows().deleted()).containsEntry("saved_searches", 3L);
        assertThat(Files.readString(folder.resolve("run-1/report.html"))).contains("saved_searches");
        NextSteps next =
                NextSteps.of(summary, context.getBean(RunSummaries.class).detail(summary));
        assertThat(next.neverBack().rows()).containsEntry("saved_searches", 3L);
        assertThat(next.caveats()).contains(SENTENCE);
    }

    /** What the migration of the role has to say. */
    private void grant() {
        world.execute("grant select (user_id), delete on saved_searches to fuse_users_job");
    }

    private RunEnd launch(boolean dryRun) {
        InputDigest digest = InputDigest.of(USERS);
        Operation operation =
                new Deactivation(new CsvRows(USERS, digest, ColumnChoice.NONE, true, false), deletedData());
        RunOptions options = new RunOptions(ColumnChoice.NONE, dryRun, null, null, null, false);
        RunRequest request = new RunRequest(
                new RunDefinition("deactivate", USERS.kind(), "users", digest.sha256(), options),
                null,
                new GuardLimits(null, null),
                RowLimits.DEFAULT,
                false,
                false,
                false,
                folder,
                new Pace(10, 1, false),
                ThrottleLimits.DEFAULT,
                false);
        return context.getBean(RunLauncher.class)
                .launch(new RunOrder(
                        operation,
                        request,
                        null,
                        new SilentMonitor(),
                        (changes, question, forecast) ->
                                asked.add(forecast.get().rows()),
                        new StopSignal()));
    }

    private static RunSummaries summaries(ConfigurableApplicationContext context) {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        return new RunSummaries(
                jdbc, new RunRepository(jdbc, Clock.systemUTC(), context.getBean(DatabaseLogin.class)), deletedData());
    }

    private static List<Deletion> deletedData() {
        return Stream.concat(DeletedData.ENTRIES.stream(), Stream.of(ENTRY)).toList();
    }

    private static final class SilentMonitor implements RunMonitor {

        @Override
        public void opened(Run run, boolean resumed, @Nullable Completion completedBefore) {}

        @Override
        public void noted(String line) {}

        @Override
        public void waiting(@Nullable String why) {}

        @Override
        public void taskStarted(String name, long done, long total) {}

        @Override
        public void advanced(long rows) {}

        @Override
        public void taskEnded() {}
    }
}
