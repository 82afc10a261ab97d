package com.fuse.users.communities;

import com.fuse.users.report.Cells;
import com.fuse.users.report.ReportFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The All communities report: a CSV with one row per community, by ID, also where it has neither members nor admins.
 * {@code admin_ids} ascend, and {@code admin_usernames} are in the order of the IDs. Streams in constant memory, from
 * one snapshot. Reads only.
 */
public class CommunitiesReport {

    private static final int FETCH_SIZE = 1_000;

    /** Without it Excel takes the file for the machine's own code page, and shows other scripts as rubbish. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final List<String> COLUMNS =
            List.of("community_id", "name", "is_global", "member_count", "admin_ids", "admin_usernames");

    /** Each table is gone through once: a subquery for each community would do it thousands of times. */
    private static final String SELECT = """
            select c.id, c.name, c.is_global, coalesce(m.member_count, 0) as member_count,
                   coalesce(a.user_ids, '{}') as admin_ids, coalesce(a.usernames, '{}') as admin_usernames
            from public.communities c
            left join (
                select community_id, count(*) as member_count
                from public.community_memberships
                group by community_id
            ) m on m.community_id = c.id
            left join (
                select g.community_id, array_agg(u.id order by u.id) as user_ids,
                       array_agg(u.username order by u.id) as usernames
                from public.community_admins g
                join public.users u on u.id = g.user_id
                group by g.community_id
            ) a on a.community_id = c.id
            order by c.id
            """;

    /** Whoever reads the report in a pager may take a while for each page. */
    private static final String UNHURRIED = "set local idle_in_transaction_session_timeout = 0";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public CommunitiesReport(DataSource dataSource, PlatformTransactionManager transactionManager) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(FETCH_SIZE);
        // The driver streams in a transaction and in no other way.
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setReadOnly(true);
    }

    /**
     * Writes the report for a program that reads it, which would take a byte order mark for a part of the first name.
     *
     * @return the number of communities
     * @throws IOException if the target does not take it; part of it may have been written
     */
    public long write(Writer target) throws IOException {
        Rows rows = new Rows(Cells.printer(target, COLUMNS));
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.execute(UNHURRIED);
                jdbc.query(SELECT, rows);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        target.flush();
        return rows.count;
    }

    /**
     * Writes the report as a file for a spreadsheet: whole, or not at all. A file that is there already is replaced.
     *
     * @return the number of communities
     * @throws IOException if the file cannot be written; one that was there already stays as it was
     */
    public long write(Path path) throws IOException {
        try (ReportFile file = new ReportFile(path)) {
            file.writer().write(BYTE_ORDER_MARK);
            long communities = write(file.writer());
            file.publish();
            return communities;
        }
    }

    private static final class Rows implements RowCallbackHandler {

        private final CSVPrinter printer;
        private long count;

        Rows(CSVPrinter printer) {
            this.printer = printer;
        }

        @Override
        public void processRow(ResultSet row) throws SQLException {
            Long[] adminIds = (Long[]) row.getArray("admin_ids").getArray();
            String[] usernames = (String[]) row.getArray("admin_usernames").getArray();
            try {
                printer.printRecord(
                        row.getLong("id"),
                        Cells.defused(row.getString("name")),
                        row.getBoolean("is_global"),
                        row.getLong("member_count"),
                        Cells.joined(List.of(adminIds)),
                        // Each for itself: a spreadsheet makes cells of them where the column is split.
                        Cells.joined(Stream.of(usernames).map(Cells::defused).toList()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            count++;
        }
    }
}
