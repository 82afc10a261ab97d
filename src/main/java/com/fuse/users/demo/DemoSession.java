package com.fuse.users.demo;

import com.fuse.users.database.DemoDatabase;
import com.fuse.users.database.DemoDatabase.Login;
import java.io.IOException;
import java.util.Map;

/** Runs another program on the demo database, such as the packaged one, which has none of its own. */
public final class DemoSession {

    private DemoSession() {}

    /**
     * Exits with the program's status, when it has ended and the database is stopped.
     *
     * @param program the program and its arguments; it gets the settings of the job's login as variables
     */
    public static void main(String[] program) throws IOException, InterruptedException {
        System.exit(run(program));
    }

    private static int run(String... program) throws IOException, InterruptedException {
        try (DemoDatabase demo = new EmbeddedDemoDatabase()) {
            Login login = demo.start().job();
            ProcessBuilder session = new ProcessBuilder(program).inheritIO();
            session.environment()
                    .putAll(Map.of(
                            "SPRING_DATASOURCE_URL", login.url(),
                            "SPRING_DATASOURCE_USERNAME", login.username(),
                            "SPRING_DATASOURCE_PASSWORD", login.password()));
            return session.start().waitFor();
        }
    }
}
