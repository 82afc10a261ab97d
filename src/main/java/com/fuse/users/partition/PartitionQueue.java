package com.fuse.users.partition;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.JsonChannelMessageStorePreparedStatementSetter;
import org.springframework.integration.jdbc.store.channel.JsonMessageRowMapper;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * The partitions of one attempt that no process has taken yet. Each attempt has a queue of its own, so the requests of an
 * attempt that is over reach no process. Each method is one statement, in the caller's transaction if there is one.
 * Thread-safe.
 */
public final class PartitionQueue {

    private final JdbcChannelMessageStore store;
    private final String attempt;

    /** @param attempt the number of the attempt, counted from 1 */
    public PartitionQueue(DataSource dataSource, long runId, int attempt) {
        this.attempt = "attempt-" + attempt;
        store = new JdbcChannelMessageStore(dataSource);
        store.setTablePrefix("fuse_batch.int_");
        store.setRegion(region(runId));
        store.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
        store.setPreparedStatementSetter(new JsonChannelMessageStorePreparedStatementSetter());
        store.setMessageRowMapper(
                new JsonMessageRowMapper(StepExecutionRequest.class.getPackage().getName()));
        store.afterPropertiesSet();
    }

    /** Adds a partition. */
    void add(StepExecution partition) {
        store.addMessageToGroup(
                attempt, new GenericMessage<>(new StepExecutionRequest(partition.getStepName(), partition.getId())));
    }

    /** Takes a partition and returns its step execution's number; null if none is left. */
    @Nullable
    Long take() {
        Message<?> message = store.pollMessageFromGroup(attempt);
        return message == null ? null : ((StepExecutionRequest) message.getPayload()).getStepExecutionId();
    }

    /** Whether no partition is left. One that is being taken is still in the queue. */
    boolean isEmpty() {
        return store.messageGroupSize(attempt) == 0;
    }

    /** Removes what is left of this attempt. */
    void clear() {
        store.removeMessageGroup(attempt);
    }

    /** Removes what is left of all attempts at a run. The caller's transaction has joined the run's lock. */
    public static void clear(JdbcClient jdbc, long runId) {
        jdbc.sql("delete from fuse_batch.int_channel_message where region = :region")
                .param("region", region(runId))
                .update();
    }

    private static String region(long runId) {
        return "run-" + runId;
    }
}
