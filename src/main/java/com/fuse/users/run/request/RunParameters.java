package com.fuse.users.run.request;

import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * A run as Spring Batch's job parameters. Only the run's number identifies the job instance. The other parameters record
 * what an attempt was asked to do, and may differ from attempt to attempt.
 */
public final class RunParameters {

    private static final String RUN = "run";

    private final JobParametersBuilder parameters = new JobParametersBuilder();

    private RunParameters(long runId) {
        parameters.addLong(RUN, runId);
    }

    /** The parameters that identify the run's job instance. */
    public static JobParameters identifying(long runId) {
        return new RunParameters(runId).parameters.toJobParameters();
    }

    /** The parameters of an attempt; options that were not given are left out. */
    public static JobParameters of(Run run, RunRequest request) {
        RunOptions options = run.options();
        return new RunParameters(run.id())
                .text("command", run.command())
                .text("input", run.inputName())
                .text("inputSha256", run.inputSha256())
                .text("dryRun", options.dryRun())
                .number("plan", options.planId())
                .text("column", options.columns().column())
                .text("noHeader", options.columns().noHeader())
                .text("identifier", options.columns().identifier())
                .number("transferAdminTo", options.transferAdminTo())
                .number("undoneRun", options.undoneRunId())
                .text("withMemberships", options.withMemberships())
                .number("maxUsers", request.guard().maxUsers())
                .text("maxPercent", request.guard().maxPercent())
                .text("maxBadPercent", request.rowLimits().maxBadPercent())
                .number("expectRows", request.rowLimits().expectRows())
                .text("confirmed", request.confirmed())
                .text("acceptSkips", request.acceptSkips())
                .text("reportDir", request.reportDir())
                .number("chunkSize", (long) request.pace().chunkSize())
                .number("partitions", (long) request.pace().partitions())
                .text("gentle", request.pace().gentle())
                .text("maxBlocked", request.throttle().maxBlocked())
                .number("maxArchiveBacklog", request.throttle().maxArchiveBacklog())
                .text("maxReplicaLag", request.throttle().maxReplicaLag())
                .text("throttleQuery", request.throttle().query())
                .text("maxPause", request.throttle().maxPause())
                .parameters
                .toJobParameters();
    }

    private RunParameters text(String name, @Nullable Object value) {
        if (value != null) {
            parameters.addString(name, value.toString(), false);
        }
        return this;
    }

    private RunParameters number(String name, @Nullable Long value) {
        if (value != null) {
            parameters.addLong(name, value, false);
        }
        return this;
    }
}
