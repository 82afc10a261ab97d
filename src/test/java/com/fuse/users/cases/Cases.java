package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The platform of all cases, and commands on inputs that name its users. User 1 is a community admin. The users named
 * {@code by...} are bystanders: most inputs can only hit them by mistake.
 */
final class Cases {

    private static final String PEOPLE = """
            insert into users (id, username, email)
            select id, username, username || '@example.org'
            from (values
                (1, 'root.admin'), (3, 'by003'), (4, 'by004'), (10, 'by010'), (12, 'by012'), (567, 'by567'),
                (678, 'by678'), (1004, 'by1004'), (300, 'tom.reed'), (3567, 'lena.holt'), (4678, 'igor.webb'),
                (10045, 'bob.stone'), (10046, 'ann.field'), (10077, 'carl.moor'), (9004, 'jos\u00e9.perez')
            ) people (id, username)
            """;

    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private int files;

    Cases(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        world.execute(PEOPLE);
        world.admin(1, 2);
    }

    /** One more active user. */
    void person(long id, String username, String email) {
        world.execute("insert into users (id, username, email) values (?, ?, ?)", id, username, email);
    }

    /** Makes users inactive, as an earlier run would. */
    void inactive(long... ids) {
        world.execute("update users set active = false, deactivated_at = '2024-02-03T04:05:06Z' where id in (%s)"
                .formatted(LongStream.of(ids).mapToObj(String::valueOf).collect(Collectors.joining(","))));
    }

    /** An input of these lines, each with a line end. */
    CaseInput of(String... lines) {
        return ofText(String.join("\n", lines) + "\n");
    }

    /** An input of exactly this text in UTF-8. */
    CaseInput ofText(String content) {
        return ofBytes(content.getBytes(StandardCharsets.UTF_8));
    }

    CaseInput ofBytes(byte[] content) {
        return named("leavers-" + ++files + ".csv", content);
    }

    /** An input with this file name. */
    CaseInput named(String name, byte[] content) {
        try {
            return new CaseInput(this, Files.write(folder.resolve(name), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file {@code skipped.csv} of this run, as it is. */
    CaseInput skipsOf(CaseRun run) {
        return new CaseInput(this, report(run.number(), "skipped.csv"));
    }

    /** A file in the report folder of a run. */
    Path report(long run, String file) {
        return folder.resolve("reports/run-" + run).resolve(file);
    }

    /** Runs a command. The result belongs to its last run. */
    CaseRun run(String... arguments) {
        List<String> before = users();
        FuseUsers.Result result = fuseUsers.run(arguments);
        return new CaseRun(this, result, world.count("select coalesce(max(id), 0) from fuse_batch.runs"), before);
    }

    /** Runs one command over all inputs, and asserts that it refuses each of them in one line with these words. */
    void refuseEach(List<CaseInput> inputs, String... words) {
        CaseRun run = run(
                Stream.concat(Stream.of("deactivate", "--yes"), inputs.stream().map(input -> input.file()
                                .toString()))
                        .toArray(String[]::new));

        run.exits(65).changesNobody();
        List<String> lines = run.result().err().lines().toList();
        assertThat(lines).hasSameSizeAs(inputs);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).contains(inputs.get(i).file().toString());
            Words.require(withoutPaths(lines.get(i)), words);
        }
    }

    /** Inputs of these texts. */
    List<CaseInput> texts(String... contents) {
        List<CaseInput> inputs = new ArrayList<>();
        for (String content : contents) {
            inputs.add(ofText(content));
        }
        return inputs;
    }

    /** A message without the paths of files, whose names may hold any word. */
    String withoutPaths(String message) {
        return message.replaceAll("\\Q" + folder + "\\E\\S*", "");
    }

    /** Every column of every user. */
    List<String> users() {
        return world.texts("select u::text from users u order by id");
    }

    World world() {
        return world;
    }

    Path folder() {
        return folder;
    }
}
