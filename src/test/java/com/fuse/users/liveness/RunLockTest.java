package com.fuse.users.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.input.ColumnChoice;
import com.fuse.users.input.InputKind;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunKey;
import com.fuse.users.run.RunOptions;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A run's lock has one holder, and only the holder writes for the run. A transaction that joined the lock of a holder
 * who lost it ends before there is another holder, and no other transaction can join it.
 */
@ExtendWith(TestPlatform.class)
class RunLockTest {

    private static final RunOptions OPTIONS = new RunOptions(ColumnChoice.NONE, false, null, null, null, false);
    private static final RunKey KEY =
            new RunDefinition("deactivate", InputKind.FILE, "a.csv", new byte[32], OPTIONS).key();
    private static final RunKey OTHER_KEY =
            new RunDefinition("undo", InputKind.FILE, "a.csv", new byte[32], OPTIONS).key();

    private final TestDatabase database;
    private final World world;
    private final Connection transaction;

    RunLockTest(TestDatabase database, World world) throws SQLException {
        this.database = database;
        this.world = world;
        transaction = database.job().getConnection();
    }

    @BeforeEach
    void begin() throws SQLException {
        transaction.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        transaction.close();
    }

    @Test
    void hasOneHolder() throws SQLException {
        try (RunLock lock = acquire()) {
            lock.join(JdbcClient.create(database.job()));

            assertThat(RunLock.tryAcquire(database.job(), KEY)).isEmpty();
            RunLock.tryAcquire(database.job(), OTHER_KEY).orElseThrow().close();
        }

        acquire().close();
    }

    @Test
    void aTransactionThatJoinedEndsBeforeAnotherHolderGetsTheLock() throws SQLException {
        RunLock lost = acquire();
        lost.join(session());
        session()
                .sql("insert into fuse_batch.run_users (run_id, user_id, line) values (1, 1, 1)")
                .update();
        loseTheLock();

        try (RunLock lock = acquire()) {
            lock.join(JdbcClient.create(database.job()));

            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isIn("57P01", "08006"));
            assertThat(world.count("select count(*) from fuse_batch.run_users")).isZero();
        }
        lost.close();
    }

    @Test
    void aTransactionOfAnotherRunContinues() throws SQLException {
        RunLock other = RunLock.tryAcquire(database.job(), OTHER_KEY).orElseThrow();
        other.join(session());

        try (RunLock lock = acquire()) {
            lock.join(JdbcClient.create(database.job()));
            transaction.commit();
        }
        other.close();
    }

    @Test
    void noTransactionCanJoinALostLock() throws SQLException {
        RunLock lost = acquire();
        loseTheLock();

        assertThatThrownBy(() -> lost.join(session())).isInstanceOf(RunLockLostException.class);

        transaction.rollback();
        try (RunLock lock = acquire()) {
            assertThatThrownBy(() -> lost.join(session())).isInstanceOf(RunLockLostException.class);
        }
        lost.close();
    }

    /** A login that has only the job's role cannot end a transaction of the server's owner. */
    @Test
    void aTransactionThatCannotBeEndedPreventsAnotherHolder() throws SQLException {
        try (Connection owners = database.owner().getConnection()) {
            owners.setAutoCommit(false);
            RunLock lost = acquire();
            lost.join(JdbcClient.create(new SingleConnectionDataSource(owners, true)));
            loseTheLock();

            assertThat(RunLock.tryAcquire(database.job(), KEY)).isEmpty();

            owners.commit();
            acquire().close();
            lost.close();
        }
    }

    @Test
    void aConnectionIsReturnedWithItsOriginalSettings() throws SQLException {
        SingleConnectionDataSource pool =
                new SingleConnectionDataSource(database.job().getConnection(), true);
        JdbcClient session = JdbcClient.create(pool);
        String before = idleSessionTimeout(session);

        RunLock lock = RunLock.tryAcquire(pool, KEY).orElseThrow();
        assertThat(idleSessionTimeout(session)).isEqualTo("15s");
        lock.close();

        assertThat(idleSessionTimeout(session)).isEqualTo(before);
        pool.destroy();
    }

    private RunLock acquire() throws SQLException {
        return RunLock.tryAcquire(database.job(), KEY).orElseThrow();
    }

    private JdbcClient session() {
        return JdbcClient.create(new SingleConnectionDataSource(transaction, true));
    }

    private void loseTheLock() {
        assertThat(world.texts("select pg_terminate_backend(pid, 5000)::text from pg_locks where locktype = 'advisory'"
                        + " and mode = 'ExclusiveLock'"
                        + " and database = (select oid from pg_database where datname = current_database())"))
                .containsExactly("true");
    }

    private static String idleSessionTimeout(JdbcClient session) {
        return session.sql("show idle_session_timeout").query(String.class).single();
    }
}
