package com.fuse.users.communities;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fuse.users.report.CsvCells;
import com.fuse.users.report.CsvCopy;
import com.fuse.users.report.ReportFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The All communities report: a CSV with one row per community, ordered by ID, with or without members and admins.
 * {@code admin_ids} ascend, and {@code admin_usernames} are in the order of the IDs. Reads only, in constant memory and
 * from one snapshot.
 */
public class CommunitiesReport {

    /** Without it, Excel reads the file in the machine's own code page and shows other scripts as rubbish. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Reads each table once: a subquery for each community would read it thousands of times. Each username is a cell of
     * its own, because a spreadsheet can split the column.
     */
    private static final String SELECT = """
            select c.id as community_id, %s as name, c.is_global::text as is_global,
                   coalesce(m.member_count, 0) as member_count, a.admin_ids, nullif(a.admin_usernames, '') as admin_usernames
            from public.communities c
            left join (
                select community_id, count(*) as member_count
                from public.community_memberships
                group by community_id
            ) m on m.community_id = c.id
            left join (
                select g.community_id, string_agg(u.id::text, ';' order by u.id) as admin_ids,
                       string_agg(coalesce(%s, ''), ';' order by u.id) as admin_usernames
                from public.community_admins g
                join public.users u on u.id = g.user_id
                group by g.community_id
            ) a on a.community_id = c.id
            order by c.id""".formatted(CsvCells.text("c.name"), CsvCells.text("u.username"));

    /** In a pager, a person can take minutes for each page, and the server takes that for a dead network. */
    private static final String UNHURRIED = "set local tcp_user_timeout = 0";

    private final CsvCopy csv;
    private final TransactionTemplate transaction;

    public CommunitiesReport(DataSource dataSource, PlatformTransactionManager transactionManager) {
        this.csv = new CsvCopy(dataSource);
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setReadOnly(true);
    }

    /**
     * Writes the report for a program, which would take a byte order mark for a part of the first name.
     *
     * @return the number of communities
     * @throws IOException if the target does not accept it; part of it may have been written
     */
    public long write(OutputStream target) throws IOException {
        try {
            long communities = Objects.requireNonNull(transaction.execute(status -> copy(target)));
            target.flush();
            return communities;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Writes the report as a file for a spreadsheet: complete, or not at all. Replaces a file that exists.
     *
     * @return the number of communities
     * @throws IOException if the file cannot be written; a file that exists stays as it was
     */
    public long write(Path path) throws IOException {
        try (ReportFile file = new ReportFile(path)) {
            file.stream().write(BYTE_ORDER_MARK.getBytes(UTF_8));
            long communities = write(file.stream());
            file.publish();
            return communities;
        }
    }

    private Long copy(OutputStream target) {
        try {
            csv.configure(UNHURRIED);
            return csv.write(SELECT, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
