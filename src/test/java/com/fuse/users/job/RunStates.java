package com.fuse.users.job;

import com.fuse.users.FuseUsers;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.json.JsonMapper;

/** The runs as {@code runs --json} lists them. */
public final class RunStates {

    private RunStates() {}

    /** Number and state of each run, oldest first. */
    public static List<String> of(FuseUsers fuseUsers) {
        return StreamSupport.stream(
                        JsonMapper.shared()
                                .readTree(fuseUsers.run("runs", "--json").out())
                                .spliterator(),
                        false)
                .map(run -> run.get("run").asLong() + " " + run.get("state").asString())
                .sorted()
                .toList();
    }
}
