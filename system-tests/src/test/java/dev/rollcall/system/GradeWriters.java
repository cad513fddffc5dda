package dev.rollcall.system;

import dev.rollcall.system.testkit.Http;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Teachers who give grades without a pause, each of another title and under a key of its own. Thread-safe. */
final class GradeWriters {
    private static final int TEACHERS = 8;
    private static final int STUDENTS = 5;
    private static final int LIMIT_SECONDS = 60;

    private final AtomicInteger titles = new AtomicInteger();
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();
    private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final Semaphore answers = new Semaphore(0);

    /** By title, the student of each grade that was answered with 201. */
    Map<String, Integer> answered() {
        return new LinkedHashMap<>(answered);
    }

    /** By title, the student of each grade whose post had no answer: it may be there or not. */
    Map<String, Integer> unanswered() {
        return new LinkedHashMap<>(unanswered);
    }

    /** How often each other status was answered. */
    Map<Integer, AtomicInteger> refusals() {
        return new LinkedHashMap<>(refusals);
    }

    /** Waits for so many answers of 201 more. */
    boolean awaitAnswers(int more) throws InterruptedException {
        return answers.tryAcquire(more, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** They write until they are cut off or stopped; the latch is down when all have ended. */
    Running begin(String url) {
        var running = new Running(new CountDownLatch(1), new CountDownLatch(TEACHERS));
        for (var i = 0; i < TEACHERS; i++) {
            var thread = new Thread(() -> write(url, running), "teacher-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return running;
    }

    /** Posts again what had no answer, under the same key. */
    void askAgain(String url) throws IOException, InterruptedException {
        for (var each : unanswered().entrySet()) {
            post(url, each.getKey(), each.getValue());
        }
    }

    private void write(String url, Running running) {
        try {
            while (running.stopped().getCount() > 0) {
                var number = titles.incrementAndGet();
                var title = "K" + number;
                unanswered.put(title, 1 + number % STUDENTS);
                post(url, title, 1 + number % STUDENTS);
            }
        } catch (IOException e) {
            // cut off
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.ended().countDown();
        }
    }

    private void post(String url, String title, int student) throws IOException, InterruptedException {
        var reply = Http.postOnce(
                url + "/students/" + student + "/grades",
                "key-" + title,
                "{\"Title\":\"" + title + "\",\"Type\":\"Quiz\",\"Score\":" + title.substring(1) + "}");
        unanswered.remove(title);
        if (reply.status() == 201) {
            answered.put(title, student);
            answers.release();
        } else {
            refusals.computeIfAbsent(reply.status(), status -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** Writers at work. */
    record Running(CountDownLatch stopped, CountDownLatch ended) {
        /** Lets them end, and waits for that. */
        boolean stop() throws InterruptedException {
            stopped.countDown();
            return ended.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
