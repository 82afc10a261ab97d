package com.fuse.users.job;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Run 1, which fails after 50 of its 200 users. */
record HalfDoneRun(World world, FuseUsers fuseUsers, Crowd crowd, String input) {

    static final int USERS = 200;

    HalfDoneRun(World world, FuseUsers fuseUsers, Path file) {
        this(world, fuseUsers, new Crowd(world, USERS), file.toString());
        fuseUsers.input(input, crowd.lines());
    }

    /** The sixth chunk fails. */
    FuseUsers.Result fail() {
        world.breakChunksAfter(5);
        FuseUsers.Result failed = fuseUsers.run(command()).exits(1);
        world.mendChunks();
        return failed;
    }

    /** The same command once more. */
    FuseUsers.Result resume() {
        return fuseUsers.run(command()).exits(0);
    }

    String[] command() {
        return new String[] {
            "deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", "--partitions", "1", input
        };
    }

    /** The lines of {@code outcomes.csv} if these users have this outcome. */
    static List<String> outcomes(long first, long last, String outcome) {
        return Stream.concat(
                        Stream.of("line,input,user_id,outcome,community_ids,message"),
                        Crowd.outcomes(first, last).stream().map(line -> line.replace("DEACTIVATED", outcome)))
                .toList();
    }
}
