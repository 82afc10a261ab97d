package com.fuse.users.cli.options;

import com.fuse.users.run.request.Pace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for the speed of a run. */
final class SpeedOptions {

    /** Holds a chunk's locks for some 40 ms on a machine of two cores, and below 250 ms on one four times slower. */
    private static final int DEFAULT_CHUNK_SIZE = 500;

    private static final int GENTLE_CHUNK_SIZE = 200;
    private static final int MAX_CHUNK_SIZE = 50_000;

    private static final int DEFAULT_PARTITIONS = 2;
    private static final int MAX_PARTITIONS = 64;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            description = "Users changed in one transaction. Default: " + DEFAULT_CHUNK_SIZE + ", with --gentle "
                    + GENTLE_CHUNK_SIZE + ".")
    private @Nullable Integer chunkSize;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Ranges of user IDs that are processed in parallel. Default: " + DEFAULT_PARTITIONS
                    + ", with --gentle 1.")
    private @Nullable Integer partitions;

    @Option(
            names = "--gentle",
            description =
                    "For working hours: one partition, small chunks, and after each chunk a rest that lasts as long as"
                            + " the chunk took.")
    private boolean gentle;

    @Option(
            names = "--join",
            description =
                    "If another process is working on the same input, help it, and take its place if it dies. Give"
                            + " it to the same command on several machines.")
    private boolean join;

    /** Refuses values that make no sense. */
    void check() {
        OptionCheck.require(
                spec,
                chunkSize == null || chunkSize >= 1 && chunkSize <= MAX_CHUNK_SIZE,
                "--chunk-size must be from 1 to " + MAX_CHUNK_SIZE,
                chunkSize);
        OptionCheck.require(
                spec,
                partitions == null || partitions >= 1 && partitions <= MAX_PARTITIONS,
                "--partitions must be from 1 to " + MAX_PARTITIONS,
                partitions);
    }

    boolean join() {
        return join;
    }

    Pace pace() {
        int usualChunkSize = gentle ? GENTLE_CHUNK_SIZE : DEFAULT_CHUNK_SIZE;
        int usualPartitions = gentle ? 1 : DEFAULT_PARTITIONS;
        return new Pace(
                chunkSize == null ? usualChunkSize : chunkSize,
                partitions == null ? usualPartitions : partitions,
                gentle);
    }
}
