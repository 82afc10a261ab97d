package com.fuse.users.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A way to deactivate the users of a file. */
interface Contender {

    /**
     * Works through the input on the world as it was restored.
     *
     * @return how long it took, by what was timed
     */
    Map<String, Duration> run(BenchmarkWorld world, Path input) throws Exception;
}
