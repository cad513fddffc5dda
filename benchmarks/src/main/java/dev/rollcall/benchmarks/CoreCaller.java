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

/** A caller on Apache HttpCore 5's asynchronous requester. */
final class CoreCaller implements Caller {
    private static final Timeout LIMIT = Timeout.ofSeconds(20);
    private static final int CONNECTIONS_MAX = 20_000;
    private static final int CONNECTIONS_AN_ADDRESS = 4;

    private final HttpAsyncRequester requester;

    /** Creates and starts it with so many threads. */
    CoreCaller(int threads) {
        requester = AsyncRequesterBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(threads)
                        .setTcpNoDelay(true)
                        .setSoTimeout(LIMIT)
                        .build())
                // the default without Expect: 100-continue, which would double the round trips
                .setHttpProcessor(new DefaultHttpProcessor(
                        RequestContent.INSTANCE, RequestTargetHost.INSTANCE, RequestConnControl.INSTANCE))
                .setMaxTotal(CONNECTIONS_MAX)
                .setDefaultMaxPerRoute(CONNECTIONS_AN_ADDRESS)
                .create();
        requester.start();
    }

    @Override
    public void post(Iterable<URI> addresses, Map<String, String> headers, byte[] body, Callback callback) {
        for (var address : addresses) {
            var request = AsyncRequestBuilder.post(address).setEntity(body, null);
            headers.forEach(request::addHeader);
            // the callback receives the result
            var unused = requester.execute(
                    request.build(),
                    new BasicResponseConsumer<>(new DiscardingEntityConsumer<Void>()),
                    LIMIT,
                    new ResponseCallback(callback));
        }
    }

    @Override
    public void close() {
        requester.close(CloseMode.IMMEDIATE);
    }

    private record ResponseCallback(Callback callback) implements FutureCallback<Message<HttpResponse, Void>> {
        @Override
        public void completed(Message<HttpResponse, Void> result) {
            callback.onResponse(result.getHead().getCode() == 200);
        }

        @Override
        public void failed(Exception cause) {
            callback.onResponse(false);
        }

        @Override
        public void cancelled() {
            callback.onResponse(false);
        }
    }
}
