package com.fuse.users.run;

/**
 * The attempt that a process is making at a run.
 *
 * @param jobExecution Spring Batch's number of the attempt
 * @param number the number of the attempt, counted from 1
 * @param lockPid the server process that holds the run's lock for this attempt
 * @param host where the process works
 * @param version the version of its program
 * @param sharing whether the users are cut into partitions
 */
public record OpenAttempt(long jobExecution, int number, long lockPid, String host, String version, boolean sharing) {}
