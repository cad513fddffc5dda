package dev.rollcall.benchmarks;

import java.net.URI;
import java.util.Map;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.impl.bootstrap.AsyncRequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpCore 5's asynchronous requester. */
final class CoreCaller implements Caller {
    private static final Timeout LIMIT = Timeout.ofSeconds(20);
    private static final int CONNECTIONS_MAX = 20_000;
    private static final int CONNECTIONS_AN_ADDRESS = 4;

    private final HttpAsyncRequester requester;

    /** A started one, with as many threads. */
    CoreCaller(int threads) {
        requester = AsyncRequesterBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(threads)
                        .setTcpNoDelay(true)
                        .setSoTimeout(LIMIT)
                        .build())
                // as it is by default, but without Expect: 100-continue, which would double the trips
                .setHttpProcessor(new DefaultHttpProcessor(
                        RequestContent.INSTANCE, RequestTargetHost.INSTANCE, RequestConnControl.INSTANCE))
                .setMaxTotal(CONNECTIONS_MAX)
                .setDefaultMaxPerRoute(CONNECTIONS_AN_ADDRESS)
                .create();
        requester.start();
    }

    @Override
    public void post(Iterable<URI> addresses, Map<String, String> headers, byte[] body, Answered answered) {
        for (var address : addresses) {
            var request = AsyncRequestBuilder.post(address).setEntity(body, null);
            headers.forEach(request::addHeader);
            // the callback tells what became of it
            var unused = requester.execute(
                    request.build(),
                    new BasicResponseConsumer<>(new DiscardingEntityConsumer<Void>()),
                    LIMIT,
                    new Callback(answered));
        }
    }

    @Override
    public void close() {
        requester.close(CloseMode.IMMEDIATE);
    }

    private record Callback(Answered answered) implements FutureCallback<Message<HttpResponse, Void>> {
        @Override
        public void completed(Message<HttpResponse, Void> result) {
            answered.with(result.getHead().getCode() == 200);
        }

        @Override
        public void failed(Exception cause) {
            answered.with(false);
        }

        @Override
        public void cancelled() {
            answered.with(false);
        }
    }
}
