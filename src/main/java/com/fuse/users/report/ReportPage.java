package com.fuse.users.report;

import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.Writer;

/**
 * {@code report.html}: a self-contained page without scripts. The build compiles its template,
 * {@code src/main/jte/report.jte}, to a class of this package. The template escapes every value.
 */
final class ReportPage {

    private ReportPage() {}

    /**
     * Writes the page: always the same bytes for the same run.
     *
     * @throws IOException if the target does not accept it; part of it may have been written
     */
    static void write(RunSummary summary, RunDetail detail, Writer target) throws IOException {
        TemplateEngine engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, ReportPage.class.getClassLoader(), ReportPage.class.getPackageName());
        // The template would report the target's error as its own.
        StringOutput page = new StringOutput();
        engine.render("report.jte", new Page(summary, detail, StyleSheet.load()), page);
        target.write(page.toString());
    }
}
