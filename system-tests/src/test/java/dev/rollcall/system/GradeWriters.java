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

/** Teachers that give grades without a pause, each for its own title and under its own key. Thread-safe. */
final class GradeWriters {
    private static final int TEACHERS = 8;
    private static final int STUDENTS = 5;
    private static final int LIMIT_SECONDS = 60;

    private final AtomicInteger titles = new AtomicInteger();
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();
    private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final Semaphore answers = new Semaphore(0);

    /** Returns, by title, the student of each grade that got 201. */
    Map<String, Integer> answered() {
        return new LinkedHashMap<>(answered);
    }

    /** Returns, by title, the student of each grade whose post got no response: it may be stored or not. */
    Map<String, Integer> unanswered() {
        return new LinkedHashMap<>(unanswered);
    }

    /** Returns the number of responses by each other status. */
    Map<Integer, AtomicInteger> refusals() {
        return new LinkedHashMap<>(refusals);
    }

    /** Waits for this many more responses of 201. */
    boolean awaitAnswers(int more) throws InterruptedException {
        return answers.tryAcquire(more, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Writes until cut off or stopped; the latch is down when all have ended. */
    Running begin(String url) {
        var running = new Running(new CountDownLatch(1), new CountDownLatch(TEACHERS));
        for (var i = 0; i < TEACHERS; i++) {
            var thread = new Thread(() -> write(url, running), "teacher-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return running;
    }

    /** Repeats posts without a response, under the same key. */
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

    /** Running writers. */
    record Running(CountDownLatch stopped, CountDownLatch ended) {
        /** Stops the writers and waits for their end. */
        boolean stop() throws InterruptedException {
            stopped.countDown();
            return ended.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
