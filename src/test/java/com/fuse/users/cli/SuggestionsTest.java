package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A misspelt command or option gets a suggestion, and help and version are commands. */
@ExtendWith(TestPlatform.class)
record SuggestionsTest(FuseUsers fuseUsers) {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    deactivat x.csv        | there is no command 'deactivat'; did you mean deactivate? If not, see "fuse-users --help"
                    runs shw 7             | there is no command 'runs shw'; did you mean runs show? If not, see "fuse-users runs --help"
                    deactivate --dryrun x  | fuse-users deactivate has no option '--dryrun'; did you mean --dry-run? If not, see "fuse-users deactivate --help"
                    stop 7 8               | fuse-users stop does not take the argument '8'; see "fuse-users stop --help"
                    xyzzy                  | there is no command 'xyzzy'; see "fuse-users --help"
                    """)
    void suggestsTheCommandOrTheOptionThatWasMeant(String command, String line) {
        assertThat(fuseUsers.run(command.split(" ")).exits(64).err()).isEqualTo("fuse-users: " + line + "\n");
    }

    @Test
    void helpAndVersionAreCommands() {
        assertThat(fuseUsers.run("help").exits(0)).isEqualTo(fuseUsers.run("--help"));
        assertThat(fuseUsers.run("help", "deactivate").exits(0)).isEqualTo(fuseUsers.run("deactivate", "--help"));
        assertThat(fuseUsers.run("version").exits(0)).isEqualTo(fuseUsers.run("--version"));
    }
}
