package com.fuse.users.history;

import com.fuse.users.change.Outcome;

/**
 * Rows that came out otherwise than the plan said to which the run is held.
 *
 * @param planned the outcome that the plan gave them
 * @param outcome the outcome that the run gave them
 * @param rows how many
 */
public record Deviation(Outcome planned, Outcome outcome, long rows) {}
