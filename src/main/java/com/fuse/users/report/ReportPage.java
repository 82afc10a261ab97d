package com.fuse.users.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.WriterOutput;
import java.io.Writer;

/**
 * {@code report.html}: one page that needs nothing else, neither network nor script. Its template is
 * {@code src/main/jte/report.jte}, of which the build makes a class of this package; it escapes all that it is given.
 */
final class ReportPage {

    private ReportPage() {}

    /** Writes the page as it stands in the database: the same figures, byte by byte, as often as it is written. */
    static void write(RunSummary summary, RunDetail detail, Writer target) {
        TemplateEngine engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, ReportPage.class.getClassLoader(), ReportPage.class.getPackageName());
        TemplateOutput output = new WriterOutput(target);
        engine.render("report.jte", new Page(summary, detail, StyleSheet.load()), output);
    }
}
