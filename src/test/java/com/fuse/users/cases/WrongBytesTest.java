package com.fuse.users.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** UTF-8 with a few bytes of another encoding is not read as that encoding, in which its other names would change. */
@ExtendWith(TestPlatform.class)
class WrongBytesTest {

    private final Cases cases;

    WrongBytesTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void oneWrongByteIsNamedWithItsLine() {
        input("username\n" + utf8("jos\u00e9.perez") + "\nren\u00e9.martin\n")
                .deactivate()
                .refused(65, "3", "0xE9", "UTF-8");
    }

    @Test
    void theWrongByteMayBeInTheHeadingOrInAnUnusedColumn() {
        input("user_id,pr\u00e9nom\n10045," + utf8("Zo\u00eb") + "\n")
                .deactivate()
                .refused(65, "1", "0xE9");
        input("user_id;note\r\n10045;" + utf8("caf\u00e9") + "\r\n10046;left \u0096 in May\r\n")
                .deactivate()
                .refused(65, "3", "0x96");
    }

    @Test
    void theWrongByteMayBeFarIntoTheFile() {
        input("username,note\n" + utf8("jos\u00e9.perez") + ",x\n" + "nobody,x\n".repeat(20_000)
                        + "ann.field,\u00fcber\n")
                .deactivate()
                .refused(65, "20003", "0xFC");
    }

    @Test
    void theFirstOfSeveralWrongBytesIsNamed() {
        input("username\n" + utf8("jos\u00e9.perez") + "\nzo\u00eb.kim\n" + utf8("ren\u00e9") + "\nm\u00fcller\n")
                .deactivate()
                .refused(65, "3", "0xEB");
    }

    @Test
    void aCharacterThatWasCutOffAtTheEndIsNamed() {
        input("username\n" + utf8("jos\u00e9.perez") + "\nren\u00c3")
                .deactivate()
                .refused(65, "3", "0xC3");
    }

    @Test
    void theOtherCommandsAndThePlanRefuseItToo() {
        CaseInput input = input("username\n" + utf8("jos\u00e9.perez") + "\nren\u00e9.martin\n");

        input.plan().refused(65, "3", "0xE9");
        input.reactivate().refused(65, "3", "0xE9");
        input.reissueCertificates().refused(65, "3", "0xE9");
    }

    @Test
    void aFileInWindows1252ThroughoutIsRead() {
        input("username,note\njos\u00e9.perez,caf\u00e9\nann.field,\u00fcber\n")
                .deactivate()
                .exits(0)
                .outcomes("9004,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(9004, 10046);
    }

    /** Each character is one byte. */
    private CaseInput input(String bytes) {
        return cases.ofBytes(bytes.getBytes(ISO_8859_1));
    }

    /** The bytes of the text in UTF-8, each as one character. */
    private static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
