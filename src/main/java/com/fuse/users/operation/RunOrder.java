package com.fuse.users.operation;

import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.CommandDefinition;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.request.RunRequest;
import org.jspecify.annotations.Nullable;

/**
 * The order of a command: one operation on one input.
 *
 * @param command the command with all its inputs, which the guard judges together; null if it has only this one
 * @param monitor shows the run to the operator
 * @param confirmation asks the operator before the first write
 * @param stop tells whether this process was asked to stop
 */
public record RunOrder(
        Operation operation,
        RunRequest request,
        @Nullable CommandDefinition command,
        RunMonitor monitor,
        Confirmation confirmation,
        StopSignal stop) {}
