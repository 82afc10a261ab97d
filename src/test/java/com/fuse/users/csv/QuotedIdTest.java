package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotes around an ID make it certain, wherever in the file they are. */
class QuotedIdTest {
    private final Path folder;

    QuotedIdTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void quotesAreSeenFarIntoAFileInEveryEncoding(String lineEnd) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            StringBuilder content = new StringBuilder("\ufeffnote,user_id,score" + lineEnd);
            for (int i = 1; i <= 9_000; i++) {
                String id = String.valueOf(100 + i % 900);
                content.append("\"😀 \"\",\"\"").append(lineEnd).append("x\" ,");
                content.append(i % 2 == 0 ? id : "\"" + id + "\" ")
                        .append(",234")
                        .append(lineEnd);
            }

            List<UserRecord> rows =
                    InputFile.text(folder, content.toString(), charset).rows();

            assertThat(rows)
                    .extracting(UserRecord::userId)
                    .isEqualTo(LongStream.rangeClosed(1, 9_000)
                            .mapToObj(i -> i % 2 == 0 ? null : (Long) (100 + i % 900))
                            .toList());
        }
    }

    /** Buffers end anywhere in the record. */
    @Test
    void quotesAreSeenAfterARecordOfAnySize() {
        for (int size : List.of(0, 1, 8_190, 16_383, 16_384, 65_535, 65_536, 65_537, 200_000)) {
            String note = "x".repeat(size);

            assertThat(InputFile.text(
                                    folder,
                                    "note,user_id,score\n" + note + ",17,5\n" + note + ",18,234\n" + note
                                            + ",\"19\",234\n\"" + note + "\",20,\"234\"\n")
                            .rows()
                            .stream()
                            .map(row -> String.valueOf(row.problem()).replaceFirst(" .*", "")))
                    .containsExactly(
                            size > 65_536 ? "has" : "null",
                            "may",
                            size > 65_536 ? "has" : "null",
                            size > 65_536 ? "has" : "null");
        }
    }
}
