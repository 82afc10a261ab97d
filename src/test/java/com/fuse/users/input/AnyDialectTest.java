package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.input.CsvModel.Row;
import com.fuse.users.input.CsvModel.RowResult;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The reader reads exactly the rows of a CSV in any dialect, each with its line, its value, and its user ID or problem.
 */
class AnyDialectTest {

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    void exactlyTheWrittenRowsAreRead(@ForAll("csvs") CsvModel csv) throws IOException {
        Path folder = Files.createTempDirectory("any-dialect");
        try {
            InputFile input = InputFile.bytes(folder, csv.bytes());

            InputFormat format = input.format();

            assertThat(format.charset()).isEqualTo(csv.dialect().charset());
            assertThat(format.byteOrderMark()).isEqualTo(csv.dialect().byteOrderMark());
            assertThat(format.delimiter()).isEqualTo(csv.delimiter());
            assertThat(format.layout().hasHeader()).isEqualTo(csv.first().header());
            assertThat(format.layout().identifying().get(0).index())
                    .isEqualTo(csv.first().idIndex());
            assertThat(format.layout().width())
                    .isEqualTo(csv.first().line().fields().size());
            assertThat(format.compressed()).isEqualTo(csv.dialect().members() > 0);
            assertThat(input.rows().stream().map(AnyDialectTest::row)).isEqualTo(csv.rows());
        } finally {
            Files.deleteIfExists(folder.resolve("users.csv"));
            Files.delete(folder);
        }
    }

    @Provide
    Arbitrary<CsvModel> csvs() {
        return RandomCsv.csvs();
    }

    private static Row row(UserRecord read) {
        BigInteger userId = read.userId() == null ? null : BigInteger.valueOf(read.userId());
        return new Row(read.line(), read.value(), userId, RowResult.of(read.problem()));
    }
}
