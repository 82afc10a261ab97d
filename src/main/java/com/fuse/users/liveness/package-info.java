/**
 * Whether a process works on a run, and whether it is still alive.
 *
 * <pre>
 *   RunLock ──► Heartbeat, once a second ──► AttemptState ──► the next chunk may begin
 *                   │ no answer                  │
 *                   ▼                            ▼ stop requested, or aborted
 *               abort, cut off               the attempt ends after the current chunk
 *                   │
 *                   ▼
 *               RetryBudget: wait, then take the lock again ──► Recovery ──► the next attempt
 *                                                                                       │ a chunk never succeeds
 *                                                                                       ▼
 *                                                       its users one by one, BlockerWatch names the session in the way
 * </pre>
 *
 * A process that dies or freezes loses its lock. The next process that takes the lock ends the open transactions of the
 * old one, marks its executions as FAILED ({@link com.fuse.users.liveness.Recovery}), and resumes the run.
 */
@NullMarked
package com.fuse.users.liveness;

import org.jspecify.annotations.NullMarked;
