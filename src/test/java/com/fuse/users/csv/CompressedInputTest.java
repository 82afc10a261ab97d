package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressedInputTest {

    private final Path folder;

    CompressedInputTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void gzipIsDetectedByItsContentNotByItsName() {
        InputFile input = InputFile.bytes(folder, InputFile.gzip("user_id\n17\n"));

        assertThat(input.format().compressed()).isTrue();
        assertThat(input.userIds()).containsExactly(17L);
    }

    @Test
    void theDigestIsOfTheDecompressedContent() {
        byte[] plain = InputDigest.of(InputFile.text(folder, "17\n").source()).sha256();
        byte[] compressed = InputDigest.of(
                        InputFile.bytes(folder, InputFile.gzip("17\n")).source())
                .sha256();

        assertThat(compressed).isEqualTo(plain);
    }

    @Test
    void allMembersAreRead() {
        assertThat(InputFile.bytes(folder, join(InputFile.gzip("17\n1"), InputFile.gzip(""), InputFile.gzip("8\n19\n")))
                        .userIds())
                .containsExactly(17L, 18L, 19L);
    }

    @Test
    void membersMayBeLongerThanTheBuffer() {
        String numbers = new Random(1)
                .longs(200_000, 1, Long.MAX_VALUE)
                .mapToObj(id -> id + "\n")
                .collect(Collectors.joining());
        byte[] member = InputFile.gzip(numbers);

        assertThat(InputFile.bytes(folder, join(member, member)).userIds()).hasSize(400_000);
    }

    @Test
    void theOptionalPartsOfAHeaderAreSkipped() {
        byte[] plain = InputFile.gzip("17\n");
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 4, 0, 'x', 'y', 0, 0, 'n', 0, 'c', 'c', 0, 1, 2};

        byte[] content = join(header, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(InputFile.bytes(folder, content).userIds()).containsExactly(17L);
    }

    @Test
    void aTruncatedFileIsUnreadableWhereverItEnds() {
        byte[] whole = InputFile.gzip(
                LongStream.rangeClosed(1, 100).mapToObj(id -> id + "\n").collect(Collectors.joining()));

        for (int length = 2; length < whole.length; length++) {
            assertUnreadable(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void aTruncatedSecondMemberIsUnreadableWhereverItEnds() {
        byte[] first = InputFile.gzip("17\n");
        byte[] both = join(first, InputFile.gzip("18\n"));

        for (int length = first.length + 1; length < both.length; length++) {
            assertUnreadable(Arrays.copyOf(both, length));
        }
    }

    @Test
    void onlyAnotherMemberMayFollowAMember() {
        assertUnreadable(join(InputFile.gzip("17\n"), "18\n19\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aDamagedChecksumIsUnreadable() {
        byte[] content = InputFile.gzip("17\n");
        content[content.length - 8]++;

        assertUnreadable(content);
    }

    @Test
    void damagedContentIsUnreadable() {
        byte[] content = InputFile.gzip("17\n");
        content[10] = (byte) 0xff;

        assertUnreadable(content);
    }

    @Test
    void theHeadersOfAllMembersMayBeLongInTotal() {
        byte[] plain = InputFile.gzip("17\n");
        byte[] header = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3};
        byte[] name = new byte[600_001];
        Arrays.fill(name, 0, 600_000, (byte) 'x');
        byte[] member = join(header, name, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(InputFile.bytes(folder, join(member, member)).userIds()).containsExactly(17L, 17L);
    }

    private void assertUnreadable(byte[] content) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () -> InputDigest.of(InputFile.bytes(folder, content).source()))
                .withMessageStartingWith("users.csv: the gzip file is damaged or cut short (")
                .withMessageContaining("); copy it again in full and run again.")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        try {
            for (byte[] part : parts) {
                joined.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return joined.toByteArray();
    }
}
