package com.fuse.users.job;

import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** Records Spring Batch's job instance in the run's record, before the first step. */
record RunStartListener(RunRepository runs, Run run) implements JobExecutionListener {

    @Override
    public void beforeJob(JobExecution jobExecution) {
        runs.started(run.id(), jobExecution.getJobInstanceId());
    }
}
