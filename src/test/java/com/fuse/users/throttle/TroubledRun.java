package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run over 200 users in chunks of 20, as a process of its own, that waits while there is trouble. */
final class TroubledRun {

    private static final int USERS = 200;

    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String input;

    TroubledRun(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        input = fuseUsers.input("leavers.csv", crowd.lines());
        world.execute("create table public.trouble (since timestamptz default now())");
        world.execute("grant select on public.trouble to public");
    }

    /** The run waits from here on. */
    void trouble() {
        world.execute("insert into trouble default values");
    }

    void wellAgain() {
        world.execute("delete from trouble");
    }

    Process start(String... options) {
        return fuseUsers.start(command(options));
    }

    String[] command(String... options) {
        return Stream.concat(
                        Stream.of(
                                "deactivate",
                                "--yes",
                                "--max-percent=100",
                                "--chunk-size=20",
                                "--throttle-query=select count(*) from public.trouble",
                                input),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    /** The path of its input. */
    String input() {
        return input;
    }

    /** Returns once it waits for this reason, for the first time. */
    void awaitWait(String reason) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> waits().stream()
                                .filter(wait -> wait.endsWith(" " + reason))
                                .count()
                        == 1);
    }

    /** Attempt and reason of each wait, in order. */
    List<String> waits() {
        return world.texts("select attempt || ' ' || reason from fuse_batch.waits order by id");
    }

    void assertEnds(Process run, int exit) throws InterruptedException, IOException {
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isEqualTo(exit);
    }

    void assertResumes() {
        wellAgain();
        fuseUsers.run(command()).exits(0);
        assertAllDeactivated();
        assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(1);
    }

    void assertUntouched() {
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
    }

    void assertAllDeactivated() {
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
    }

    /** What it has printed. */
    String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }
}
