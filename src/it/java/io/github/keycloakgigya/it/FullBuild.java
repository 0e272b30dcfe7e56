package io.github.keycloakgigya.it;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** {@code mvn -Pfull verify}, which runs every test. */
public final class FullBuild implements ExecutionCondition {

    private static final String REASON = "only mvn -Pfull verify runs them";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return isOne() ? ConditionEvaluationResult.enabled("a full build") : ConditionEvaluationResult.disabled(REASON);
    }

    /** Leaves the calling case of a test to a full build. */
    public static void leaveOutOfOthers() {
        Assumptions.assumeTrue(isOne(), REASON);
    }

    private static boolean isOne() {
        return Boolean.getBoolean("full.build");
    }
}
