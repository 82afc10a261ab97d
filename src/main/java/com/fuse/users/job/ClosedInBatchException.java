package com.fuse.users.job;

import com.fuse.users.run.Run;

/**
 * Spring Batch's tables say that a run is over, but the run has not ended. The program never leaves them so: the report
 * ends the run before Spring Batch records the end of the job. Somebody has changed them.
 */
final class ClosedInBatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClosedInBatchException(Run run) {
        super(
                ("run %d cannot be resumed: it has not ended, but Spring Batch's tables say that it is over, so somebody has"
                                + " changed them; to continue, execute: update fuse_batch.batch_job_execution set status = 'FAILED'"
                                + " where status in ('COMPLETED', 'ABANDONED') and job_instance_id = %d; then run the same command")
                        .formatted(run.id(), run.jobInstanceId()));
    }
}
