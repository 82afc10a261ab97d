package com.fuse.users.history;

import com.fuse.users.change.Outcome;

/**
 * Rows whose outcome differs from the run's plan.
 *
 * @param planned their outcome in the plan
 * @param outcome their outcome in the run
 * @param rows how many rows there are
 */
public record Deviation(Outcome planned, Outcome outcome, long rows) {}
