package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.jobs.Manifests.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The recipe for a cluster of one's own ends with a night that succeeds. */
@ExtendWith(TestPlatform.class)
class DevelopmentNightTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final Path folder;

    DevelopmentNightTest(World world, FuseUsers fuseUsers, Path folder) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        this.folder = folder;
    }

    @Test
    void theNightDeactivatesTheUsersOfTheSampleAmongThePeopleOfTheRecipe() throws IOException {
        world.execute("truncate communities, users cascade");
        world.execute(Files.readString(Path.of("jobs", "overlays", "development", "people.sql")));
        Path input = Files.createDirectory(folder.resolve("input"));
        Files.copy(Path.of("input", "users.csv"), input.resolve("users.csv"));

        fuseUsers
                .run(night().container().getArgs().stream()
                        // The test's own folder comes instead.
                        .filter(argument -> !argument.startsWith("--report-dir="))
                        .map(argument -> argument.replace("/input", input.toString()))
                        .toArray(String[]::new))
                .exits(0);

        assertThat(world.count("select count(*) from users where not active")).isEqualTo(231);
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes where user_id = 605"))
                .containsExactly("COMMUNITY_ADMIN");
    }

    private static Workload night() {
        return Manifests.workloads("development")
                .filter(workload -> workload.name().equals("fuse-users-nightly"))
                .findFirst()
                .orElseThrow();
    }
}
