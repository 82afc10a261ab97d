package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run on which three processes work with {@code --join}, while any of them are killed, frozen and continued. */
final class TeamRun implements AutoCloseable {

    private static final int MEMBERS = 3;
    private static final int KILLED = 137;

    /** As long as a chunk takes on a database that is far away. */
    private static final String SLOW_CHUNKS = """
            create function test_sessions.slow() returns trigger language plpgsql as $$
            begin
                perform pg_sleep(0.05);
                return new;
            end $$;
            create trigger slow before insert on fuse_batch.run_chunks for each row
                execute function test_sessions.slow()
            """;

    private final Baseline baseline;
    private final Path folder;
    private final Random random;
    private final Duration longestFreeze;
    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final StepWatch watch;
    private final List<Process> members = new ArrayList<>();
    private final List<Thread> thaws = new ArrayList<>();

    TeamRun(Baseline baseline, Path folder, Random random, Duration longestFreeze) throws SQLException, IOException {
        this.baseline = baseline;
        this.folder = Files.createDirectories(folder);
        this.random = random;
        this.longestFreeze = longestFreeze;
        database = baseline.copy();
        world = World.in(database);
        fuseUsers = FuseUsers.installed(database, folder);
        watch = new StepWatch(database);
        world.execute(SLOW_CHUNKS);
    }

    /** Hits processes until the run has ended, at most so many; returns how many were hit while a step lasted. */
    int hit(int most) throws Exception {
        int hits = 0;
        fill();
        while (hits < most && !hasEnded()) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 2_000));
            int victims = random.nextInt(4) == 0 ? 2 : 1;
            Collections.shuffle(members, random);
            for (Process victim : List.copyOf(members.subList(0, victims))) {
                boolean counts = watch.unfinished().isPresent();
                if (hit(victim) && counts) {
                    hits++;
                }
            }
            fill();
        }
        return hits;
    }

    private boolean hit(Process victim) throws Exception {
        if (random.nextInt(3) > 0) {
            boolean alive = victim.isAlive();
            victim.destroyForcibly().waitFor();
            return alive;
        }
        long freeze = random.nextLong(50, longestFreeze.toMillis());
        if (!PosixSignal.STOP.sendTo(victim)) {
            return false;
        }
        Thread thaw = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(freeze);
                PosixSignal.CONT.sendTo(victim);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thaws.add(thaw);
        thaw.start();
        return true;
    }

    /** Replaces the processes that were killed. One that comes late finds the input completed. */
    private void fill() throws Exception {
        for (Process member : List.copyOf(members)) {
            if (!member.isAlive() && member.exitValue() == KILLED) {
                members.remove(member);
            }
        }
        while (members.size() < MEMBERS) {
            members.add(start());
        }
    }

    private Process start() throws IOException {
        String[] command = Stream.concat(
                        Arrays.stream(baseline.command(random.nextInt(1, 6), random.nextInt(1, 3))),
                        Stream.of("--join"))
                .toArray(String[]::new);
        return fuseUsers
                .process(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("out.txt").toFile()))
                .start();
    }

    /** Lets the processes complete the run, and compares every result with the baseline. */
    void finish() throws Exception {
        for (Process member : members) {
            assertThat(member.waitFor(120, TimeUnit.SECONDS)).as(output()).isTrue();
            assertThat(member.exitValue()).as(output()).isIn(Baseline.EXIT, 0);
        }
        new CrashResult(baseline, database, fuseUsers, folder.resolve("reports")).assertComplete();
        new CrashResult(baseline, database, fuseUsers, folder.resolve("reports")).assertNothingIsHalfDone();
        assertThat(world.count("select count(*) from fuse_batch.int_channel_message"))
                .isZero();
    }

    private boolean hasEnded() {
        return world.count("select count(*) from fuse_batch.runs where ended_at is not null") == 1;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    @Override
    public void close() throws InterruptedException {
        for (Thread thaw : thaws) {
            thaw.interrupt();
            thaw.join();
        }
        members.forEach(Process::destroyForcibly);
        watch.close();
        database.close();
    }
}
