package com.fuse.users.report;

import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.Writer;

/**
 * {@code report.html}: one page that needs nothing else, neither network nor script. Its template is
 * {@code src/main/jte/report.jte}, of which the build makes a class of this package; it escapes all that it is given.
 */
final class ReportPage {

    private ReportPage() {}

    /**
     * Writes the page: the same bytes for the same run, whenever and wherever that is.
     *
     * @throws IOException if the target does not take it; part of it may have been written
     */
    static void write(RunSummary summary, RunDetail detail, Writer target) throws IOException {
        TemplateEngine engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, ReportPage.class.getClassLoader(), ReportPage.class.getPackageName());
        // At once: what the target refuses is not the template's fault, as which it would come out of it.
        StringOutput page = new StringOutput();
        engine.render("report.jte", new Page(summary, detail, StyleSheet.load()), page);
        target.write(page.toString());
    }
}
