package dev.rollcall.system.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks tests that are skipped where there is no browser. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
@interface NeedsBrowser {
    /** Decides it, and prints it once. */
    final class Condition implements ExecutionCondition {
        private static final AtomicBoolean SAID = new AtomicBoolean();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Browser.isInstalled()) {
                return ConditionEvaluationResult.enabled("there is a browser");
            }
            if (System.getProperty("browser", "optional").equals("required")) {
                throw new IllegalStateException(
                        "-Dbrowser=required, and there is no browser: " + Browser.HOW_TO_GET_ONE);
            }
            if (SAID.compareAndSet(false, true)) {
                System.out.println("no browser, left out: " + leftOut() + " (" + Browser.HOW_TO_GET_ONE + ")");
            }
            return ConditionEvaluationResult.disabled("there is no browser");
        }

        private static String leftOut() {
            var classes = Path.of("target", "test-classes", "dev", "rollcall", "system", "browser");
            try (var files = Files.list(classes)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("IT.class"))
                        .map(name -> name.replace(".class", ""))
                        .sorted()
                        .collect(Collectors.joining(", "));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
