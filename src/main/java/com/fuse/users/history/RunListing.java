package com.fuse.users.history;

import com.fuse.users.run.Run;

/** A run in the list of runs. */
public record RunListing(Run run, RunState state) {}
