package com.fuse.users.cli;

import com.fuse.users.operation.Operation;
import com.fuse.users.run.RunRequest;
import com.fuse.users.session.Session;
import java.util.function.Function;

/**
 * A run that a command is to make when its turn comes.
 *
 * @param inputName what people are shown
 * @param order makes its order, which may read all of the input
 * @param namesUsers whether the operator named the users one by one
 */
record PendingRun(String inputName, Function<Session, Order> order, boolean namesUsers) {

    /** What to do, and how. */
    record Order(Operation operation, RunRequest request) {}
}
