package com.fuse.users.cases;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An input file, and the commands that read it. */
record CaseInput(Cases cases, Path file) {

    CaseRun deactivate(String... options) {
        return run("deactivate", "--yes", options);
    }

    CaseRun plan(String... options) {
        return run("deactivate", "--dry-run", options);
    }

    CaseRun reactivate(String... options) {
        return run("reactivate", "--yes", options);
    }

    CaseRun reissueCertificates(String... options) {
        return run("reissue-certificates", "--yes", options);
    }

    private CaseRun run(String command, String mode, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, mode));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return cases.run(arguments.toArray(String[]::new));
    }
}
