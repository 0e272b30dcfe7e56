package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.monitoring.WebhookMeters;
import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;
import io.github.keycloakgigya.webhook.ErrandWork.AccountResult;
import io.github.keycloakgigya.webhook.MessageParser.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Does what a message asks for: reads each account that it names, several at once. What is done stays done where the rest
 * is not, and is not done again when Gigya sends the message again.
 */
final class MessageWork {

    private static final Logger LOG = Logger.getLogger(MessageWork.class);

    // Nobody says how long Gigya waits for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // So many accounts may fail before the others are left for the next time: one of them may be the only one.
    private static final int MOST_FAILURES = HookNode.LANES;

    private final ErrandWork accounts;
    private final HookNode node;
    private final WebhookMeters meters;
    private final Instant end;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<MessageOutcome> outcome = new AtomicReference<>(MessageOutcome.DONE);

    MessageWork(ErrandWork accounts, HookNode node, WebhookMeters meters) {
        this.accounts = accounts;
        this.node = node;
        this.meters = meters;
        this.end = node.clock().instant().plus(PATIENCE);
    }

    /** {@return what became of the message} */
    MessageOutcome outcome(List<Hint> hints) {
        var errands = Errand.of(hints, node.clock().instant());
        var queue = new ConcurrentLinkedQueue<>(errands);
        var lanes = new ArrayList<Future<?>>();
        try {
            for (int lane = 0; lane < Math.min(HookNode.LANES, errands.size()); lane++) {
                lanes.add(node.threads().submit(() -> work(queue)));
            }
        } catch (RejectedExecutionException stopping) {
            fail(MessageOutcome.BUSY);
        }
        lanes.forEach(this::await);
        if (!queue.isEmpty()) {
            fail(MessageOutcome.BUSY);
        }
        return outcome.get();
    }

    private void await(Future<?> lane) {
        try {
            lane.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            fail(MessageOutcome.BUSY);
        } catch (ExecutionException broken) {
            fail(MessageOutcome.FAILED);
        }
    }

    private void work(Queue<Errand> errands) {
        while (failures.get() < MOST_FAILURES && node.clock().instant().isBefore(end)) {
            var errand = errands.poll();
            if (errand == null) {
                return;
            }
            meters.account(result(errand));
        }
    }

    private AccountResult result(Errand errand) {
        try {
            return accounts.result(errand);
        } catch (ErrandWork.BusyException later) {
            failures.set(MOST_FAILURES);
            fail(MessageOutcome.BUSY);
        } catch (GigyaException failed) {
            failures.incrementAndGet();
            unread(errand, failed.getMessage());
            fail(
                    failed.kind() == FailureKind.MISCONFIGURED
                            ? MessageOutcome.MISCONFIGURED
                            : MessageOutcome.UNAVAILABLE);
        } catch (RuntimeException unexpected) {
            failures.incrementAndGet();
            // Its message may hold what is the person's own.
            unread(errand, unexpected.getClass().getSimpleName());
            fail(MessageOutcome.FAILED);
        }
        return AccountResult.FAILED;
    }

    private void unread(Errand errand, String reason) {
        if (node.mayWarn(accounts.componentId())) {
            LOG.warnf(
                    "The account of user %s, which an event names, is not brought up to date for now: %s",
                    new UserIds(accounts.componentId()).of(errand.uid()), reason);
        }
    }

    // The first failure is told: what follows it often follows from it.
    private void fail(MessageOutcome failed) {
        outcome.compareAndSet(MessageOutcome.DONE, failed);
    }
}
