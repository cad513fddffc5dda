package dev.rollcall.benchmarks;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.ServerLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;

/** The appenders' destination, in a process beside theirs: accepts everything and stores nothing, or never responds. */
final class LogSink {
    private static final int BACKLOG = 50;

    private LogSink() {}

    /** Prints two ports, for HTTP and for lines over TCP, and serves until it is killed. */
    static void run(String[] args) throws IOException {
        var isStalled = args.length > 0 && args[0].equals("stalled");
        var http = HttpHost.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerLimits.DEFAULT);
        http.start(Routes.NONE
                .post("/log", request -> isStalled ? never() : acknowledged(request))
                .post("/loki/api/v1/push", request -> isStalled ? never() : Response.empty(204)));
        var lines = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        System.out.println("ports " + http.port() + " " + lines.getLocalPort());
        while (true) {
            var socket = lines.accept();
            if (!isStalled) {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static Response acknowledged(Request request) throws IOException {
        var body = request.body();
        var sequence = request.header("Log-Sequence").orElse("0-0").split("-", -1);
        return Response.empty(body.length > 0 ? 200 : 400).with("Log-Ack", sequence[sequence.length - 1]);
    }

    private static Response never() {
        return Response.later(new CompletableFuture<>());
    }
}
