package com.fuse.users.operation;

import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRequest;

/**
 * The order of a command: one operation on one input.
 *
 * @param monitor shows the run to the operator
 * @param confirmation asks the operator before the first write
 * @param stop tells whether this process was asked to stop
 */
public record RunOrder(
        Operation operation, RunRequest request, RunMonitor monitor, Confirmation confirmation, StopSignal stop) {}
