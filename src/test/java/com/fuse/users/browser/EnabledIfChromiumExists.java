package com.fuse.users.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that need a Chromium: where none is installed they are reported as skipped, with this for the reason. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EnabledIfChromiumExists.Condition.class)
public @interface EnabledIfChromiumExists {

    /** Looks for it as the tests do. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<Path> chromium = Chromium.installed();
            return chromium.map(path -> ConditionEvaluationResult.enabled("by " + path))
                    .orElseGet(() -> ConditionEvaluationResult.disabled(
                            "no Chromium on the PATH; on Debian: apt-get install --no-install-recommends chromium"));
        }
    }
}
