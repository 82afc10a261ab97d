package com.fuse.users.job;

import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.RunRepository;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** The objects that every attempt works with; they live as long as the process. */
public record JobEngine(
        JobOperator jobOperator,
        JobRepository jobRepository,
        RunDatabase database,
        RunRepository runs,
        RunReport report) {}
