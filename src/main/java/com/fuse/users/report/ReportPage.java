package com.fuse.users.report;

import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * {@code report.html}: a self-contained page without scripts. The build compiles its template,
 * {@code src/main/jte/report.jte}, to a class of this package. The template escapes every value.
 */
final class ReportPage {

    private ReportPage() {}

    /** The page: always the same text for the same run. */
    static String of(RunSummary summary, RunDetail detail) {
        TemplateEngine engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, ReportPage.class.getClassLoader(), ReportPage.class.getPackageName());
        StringOutput page = new StringOutput();
        engine.render("report.jte", new Page(summary, detail, StyleSheet.load()), page);
        return page.toString();
    }
}
