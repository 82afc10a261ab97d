package com.fuse.users.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.csv.Identifier;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.input.InputKind;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Decides which users are deactivated, and the outcome and message of each. */
@ExtendWith(TestPlatform.class)
class AdminCheckProcessorTest {

    private final TestDatabase database;
    private final World world;
    private final AdminCheckProcessor processor;

    AdminCheckProcessorTest(TestDatabase database, World world) {
        this.database = database;
        this.world = world;
        processor = processor(false);
    }

    @Test
    void anActiveUserIsDeactivated() {
        world.user(1);

        assertThat(decide(1)).isEqualTo(new Decision(target(1), Outcome.DEACTIVATED, true, List.of(), null));
    }

    @Test
    void anInactiveUserKeepsTheTimeOfTheirDeactivation() {
        world.inactiveUser(1, "2024-02-29T23:59:59.123+05:45");

        assertThat(decide(1))
                .isEqualTo(new Decision(
                        target(1), Outcome.ALREADY_INACTIVE, false, List.of(), "inactive since 2024-02-29T18:14:59Z"));
    }

    @Test
    void theRefusalOfAnAdminNamesTheCommunity() {
        world.user(1);
        world.admin(1, 2);

        assertThat(decide(1))
                .isEqualTo(new Decision(
                        target(1),
                        Outcome.COMMUNITY_ADMIN,
                        false,
                        List.of(2L),
                        "admin of community 2; remove the admin role, or transfer it to another user, first"));
    }

    @Test
    void theRefusalOfAnAdminNamesTheCommunitiesInAscendingOrder() {
        world.user(1);
        world.execute("insert into communities (id, name) values (30, 'Thirty'), (4, 'Four')");
        world.admin(1, 30);
        world.admin(1, 4);
        world.admin(1, 2);

        assertThat(decide(1))
                .isEqualTo(new Decision(
                        target(1),
                        Outcome.COMMUNITY_ADMIN,
                        false,
                        List.of(2L, 4L, 30L),
                        "admin of communities 2, 4, 30; remove the admin role, or transfer it to another user, first"));
    }

    @Test
    void anUnknownUserIsNotFound() {
        assertThat(decide(9_223_372_036_854_775_807L))
                .isEqualTo(new Decision(
                        target(9_223_372_036_854_775_807L),
                        Outcome.NOT_FOUND,
                        false,
                        List.of(),
                        "there is no user 9223372036854775807"));
    }

    @Test
    void eachChunkReadsTheCurrentState() {
        world.user(1);
        decide(1);
        world.execute("delete from users where id = 1");

        assertThat(decide(1).outcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    @Test
    void aDryRunDecidesTheSame() {
        world.user(1);
        world.admin(1, 2);
        AdminCheckProcessor planned = processor(true);
        planned.lookUp(List.of(target(1)));

        assertThat(planned.process(target(1))).isEqualTo(decide(1));
    }

    private AdminCheckProcessor processor(boolean dryRun) {
        RunOptions options = new RunOptions(ColumnChoice.NONE, dryRun, null, null, null, false);
        Run run = new Run(
                1,
                "deactivate",
                options,
                null,
                InputKind.FILE,
                "leavers.csv",
                "",
                null,
                List.of(),
                List.of(Identifier.USER_ID),
                false,
                null,
                false,
                null,
                Instant.EPOCH,
                null,
                null,
                false,
                new DatabaseLogin("localhost", 5432, "fuse", "fuse_users"),
                null,
                false);
        return new AdminCheckProcessor(run, JdbcClient.create(database.job()));
    }

    private Decision decide(long userId) {
        processor.beforeChunk(Chunk.of(target(userId)));
        return processor.process(target(userId));
    }

    private static Target target(long userId) {
        return new Target(userId, 2, null);
    }
}
