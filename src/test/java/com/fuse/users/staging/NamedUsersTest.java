package com.fuse.users.staging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.database.Migrator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A username matches exactly, an e-mail address in any case. */
@ExtendWith(TestPlatform.class)
record NamedUsersTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void aUsernameMatchesExactly() {
        user(1, "anna", "a@example.org");
        user(2, "Anna", "b@example.org");
        user(3, "ANNA", "c@example.org");
        world.admin(3, 2);

        int exit = deactivate("Username", "anna", "ANNA", " anna ", "ghost", "Ghost", "ghost", "ANNA");

        assertThat(exit).isEqualTo(4);
        assertThat(fuseUsers.outcomesText(1)).isEqualTo("""
                line,input,user_id,outcome,community_ids,message
                2,anna,1,DEACTIVATED,,
                3,ANNA,3,COMMUNITY_ADMIN,2,"admin of community 2; remove the admin role, or transfer it to another user, first"
                4,anna,1,DUPLICATE,,line 2 names the same user
                5,ghost,,NOT_FOUND,,no user has this username: ghost
                6,Ghost,,NOT_FOUND,,no user has this username: Ghost
                7,ghost,,DUPLICATE,,line 5 names the same unknown user
                8,ANNA,3,DUPLICATE,,line 3 names the same user
                """);
        assertThat(world.texts("select id::text from users where active order by id"))
                .containsExactly("2", "3");
    }

    @Test
    void anUnknownUsernameOfDigitsDoesNotBecomeAUserIdInTheSkippedRows() {
        user(5555, "anna", "a@example.org");

        assertThat(deactivate("username", "5555")).isEqualTo(4);

        assertThat(fuseUsers.reportText(1, "skipped.csv")).isEqualTo("""
                user_id,line,outcome,community_ids,message
                ,2,NOT_FOUND,,no user has this username: 5555
                """);
    }

    @Test
    void anUnknownUsernameAndTheSameTextAsAnEmailAddressAreTwoUsers() {
        assertThat(deactivate("username,email", "ghost@x,", ",ghost@x", ",Ghost@x"))
                .isEqualTo(4);

        assertThat(fuseUsers.outcomesText(1)).isEqualTo("""
                line,input,user_id,outcome,community_ids,message
                2,ghost@x,,NOT_FOUND,,no user has this username: ghost@x
                3,ghost@x,,NOT_FOUND,,no user has this e-mail address: ghost@x
                4,Ghost@x,,DUPLICATE,,line 3 names the same unknown user
                """);
    }

    @Test
    void anEmailAddressMatchesInAnyCase() {
        user(1, "one", "Mixed.Case@Example.ORG");
        user(2, "two", "lower@example.org");
        user(3, "three", "Ångström@example.org");
        user(4, "four", "other@example.org");

        int exit = deactivate(
                "note,email",
                "x,mixed.case@example.org",
                "x,LOWER@EXAMPLE.ORG",
                "x,ÅNGSTRÖM@EXAMPLE.ORG",
                "x,MIXED.CASE@EXAMPLE.ORG",
                "x,nobody@example.org",
                "x,NoBody@Example.org",
                "x,  ");

        assertThat(exit).isEqualTo(4);
        assertThat(fuseUsers.outcomesText(1)).isEqualTo("""
                line,input,user_id,outcome,community_ids,message
                2,mixed.case@example.org,1,DEACTIVATED,,
                3,LOWER@EXAMPLE.ORG,2,DEACTIVATED,,
                4,ÅNGSTRÖM@EXAMPLE.ORG,3,DEACTIVATED,,
                5,MIXED.CASE@EXAMPLE.ORG,1,DUPLICATE,,line 2 names the same user
                6,nobody@example.org,,NOT_FOUND,,no user has this e-mail address: nobody@example.org
                7,NoBody@Example.org,,DUPLICATE,,line 6 names the same unknown user
                8,,,MALFORMED,,has no e-mail address; write one and run again.
                """);
        assertThat(world.texts("select id::text from users where active")).containsExactly("4");
    }

    /**
     * Which letters PostgreSQL converts to lower case depends on the locale of the database. An address that it cannot
     * convert matches no user.
     */
    @Test
    void otherLettersThanAsciiMatchExactlyInADatabaseWithAsciiLocale() {
        try (TestDatabase ascii = TestDatabase.createUnmigratedOfAsciiLetters()) {
            new Migrator(ascii.owner()).migrate();
            World platform = new World(ascii);
            FuseUsers program = new FuseUsers(ascii, folder);
            platform.execute("insert into users (id, username, email) values (1, 'one', 'Ångström@example.org'),"
                    + " (2, 'two', 'ångström@example.org'), (3, 'three', 'Ünal@example.org')");
            String input = program.input(
                    "users.csv", "email", "ÅNGSTRöM@EXAMPLE.ORG", "ånGSTRöM@example.org", "ünal@example.org");

            program.run("deactivate", "--yes", input).exits(4);

            assertThat(program.outcomesText(1)).isEqualTo("""
                    line,input,user_id,outcome,community_ids,message
                    2,ÅNGSTRöM@EXAMPLE.ORG,1,DEACTIVATED,,
                    3,ånGSTRöM@example.org,2,DEACTIVATED,,
                    4,ünal@example.org,,NOT_FOUND,,no user has this e-mail address: ünal@example.org
                    """);
        }
    }

    @Test
    void aWildcardMatchesNoUser() {
        user(1, "anna", "a@example.org");

        int exit = deactivate("username", "%", "ann_", "an.*");

        assertThat(exit).isEqualTo(4);
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes order by line"))
                .containsExactly("NOT_FOUND", "NOT_FOUND", "NOT_FOUND");
        assertThat(world.texts("select id::text from users where active")).containsExactly("1");
    }

    @Test
    void aUsernameOfDigitsIsNotAUserId() {
        user(1, "one", "a@example.org");
        user(2, "1", "b@example.org");

        int exit = deactivate("username", "1");

        assertThat(exit).isZero();
        assertThat(world.texts("select id::text from users where active")).containsExactly("1");
    }

    @Test
    void theColumnOptionChoosesTheColumn() {
        user(1, "one", "a@example.org");
        user(2, "two", "b@example.org");

        fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--column",
                        "leaver",
                        fuseUsers.input("users.csv", "user_id,Leaver", "1,2", "2,x"))
                .exits(4);

        assertThat(world.texts("select line || ' ' || outcome from fuse_batch.run_outcomes order by line"))
                .containsExactly("2 DEACTIVATED", "3 MALFORMED");
        assertThat(world.texts("select id::text from users where active")).containsExactly("1");
    }

    private int deactivate(String... lines) {
        return fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", lines))
                .exit();
    }

    private void user(long id, String username, String email) {
        world.execute("insert into users (id, username, email) values (?, ?, ?)", id, username, email);
    }
}
