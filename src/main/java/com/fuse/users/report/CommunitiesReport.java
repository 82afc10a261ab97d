package com.fuse.users.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The All communities report: "a complete list of communities including admins", by ID, so that a look-up by the ID in
 * a refusal finds them. Streams, in a transaction of its own.
 */
public class CommunitiesReport {

    /** By this Excel knows that a file is UTF-8; without it only names in its own script would come out right. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final int FETCH_SIZE = 1_000;

    private static final List<String> COLUMNS =
            List.of("community_id", "name", "is_global", "member_count", "admin_ids", "admin_usernames");

    private static final String SELECT = """
            select c.id, c.name, c.is_global, coalesce(m.members, 0) as members, a.ids, a.usernames
            from public.communities c
            left join (
                select community_id, count(*) as members from public.community_memberships group by community_id
            ) m on m.community_id = c.id
            left join (
                select a.community_id, array_agg(u.id order by u.id) as ids,
                       array_agg(u.username order by u.id) as usernames
                from public.community_admins a
                join public.users u on u.id = a.user_id
                group by a.community_id
            ) a on a.community_id = c.id
            order by c.id
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public CommunitiesReport(DataSource dataSource, PlatformTransactionManager transactionManager) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(FETCH_SIZE);
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setReadOnly(true);
    }

    /**
     * Writes the file whole, for people and their spreadsheets.
     *
     * @return how many communities there are
     * @throws IOException if it cannot be written; what was there stays
     */
    public long write(Path path) throws IOException {
        try (ReportFile file = new ReportFile(path)) {
            file.writer().write(BYTE_ORDER_MARK);
            long communities = write(file.writer());
            file.publish();
            return communities;
        }
    }

    /**
     * Writes to a writer, for programs: the same without the mark.
     *
     * @return how many communities there are
     * @throws IOException if the writer does
     */
    public long write(Writer writer) throws IOException {
        CSVPrinter printer = new CSVPrinter(writer, Cells.FORMAT);
        printer.printRecord(COLUMNS);
        try {
            // The driver streams in no other way than in a transaction.
            transaction.executeWithoutResult(
                    status -> jdbc.query(SELECT, (RowCallbackHandler) row -> print(row, printer)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        printer.flush();
        return printer.getRecordCount() - 1;
    }

    private static void print(ResultSet row, CSVPrinter printer) throws SQLException {
        try {
            printer.printRecord(
                    row.getLong("id"),
                    Cells.defused(row.getString("name")),
                    row.getBoolean("is_global"),
                    row.getLong("members"),
                    Cells.joined(values(row.getArray("ids"))),
                    Cells.defused(Cells.joined(values(row.getArray("usernames")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<?> values(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Object[]) Objects.requireNonNull(array.getArray()));
    }
}
