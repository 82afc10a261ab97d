package com.fuse.users.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The directory of the report folders. */
public final class ReportDirOption {

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "The directory for the run's folder. Default: ${DEFAULT-VALUE}.")
    private Path reportDir = Path.of("reports");

    /** The directory of all report folders. */
    public Path path() {
        return reportDir;
    }
}
