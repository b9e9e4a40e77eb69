package org.carbomt.ledger.embeddedchain;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Reads the next request only when the one before is answered. Only JSON is taken and no header allows another origin, so that a
 * page in a browser can neither call nor read.
 */
final class RpcHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RpcHandler.class);
    private static final Set<String> JSON = Set.of("application/json", "application/json-rpc", "application/jsonrequest");
    private final JsonRpc rpc;
    private final HostGuard guard;
    private final Executor workers;

    RpcHandler(JsonRpc rpc, HostGuard guard, Executor workers) {
        this.rpc = rpc;
        this.guard = guard;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean keep = HttpUtil.isKeepAlive(request);
        if (!request.decoderResult().isSuccess()) {
            answer(context, text(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request"), false);
        } else if (!guard.accepts(request.headers().get(HttpHeaderNames.HOST))) {
            answer(context, text(HttpResponseStatus.FORBIDDEN, "invalid host specified: add it to hosts in etc/org.carbomt.ledger.embeddedchain.cfg"), false);
        } else if (!request.method().equals(HttpMethod.POST)) {
            answer(context, text(HttpResponseStatus.METHOD_NOT_ALLOWED, "JSON-RPC is sent by POST"), keep);
        } else if (!JSON.contains(mediaType(request.headers().get(HttpHeaderNames.CONTENT_TYPE)))) {
            answer(context, text(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "invalid content type, only application/json is supported"), keep);
        } else {
            call(context, ByteBufUtil.getBytes(request.content()), keep);
        }
    }

    private static String mediaType(String header) {
        if (header == null) return "";
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private void call(ChannelHandlerContext context, byte[] request, boolean keep) {
        context.channel().config().setAutoRead(false);
        try {
            workers.execute(() -> {
                FullHttpResponse response;
                try {
                    response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(rpc.answer(request)));
                    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
                } catch (RuntimeException | Error e) { // whatever it is: the client hears, the thread goes on
                    LOG.error("a request of {} bytes failed", request.length, e);
                    response = text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the log of the node tells more");
                }
                answer(context, response, keep);
                context.channel().config().setAutoRead(true);
            });
        } catch (RejectedExecutionException e) {
            answer(context, text(HttpResponseStatus.SERVICE_UNAVAILABLE, "node is stopped"), false);
        }
    }

    private static FullHttpResponse text(HttpResponseStatus status, String message) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer((message + "\n").getBytes(StandardCharsets.UTF_8)));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) response.headers().set(HttpHeaderNames.ALLOW, "POST");
        return response;
    }

    private static void answer(ChannelHandlerContext context, FullHttpResponse response, boolean keep) {
        HttpUtil.setContentLength(response, response.content().readableBytes());
        HttpUtil.setKeepAlive(response, keep);
        var written = context.writeAndFlush(response);
        if (!keep) written.addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException) && !(cause instanceof ReadTimeoutException)) LOG.warn("connection from {} closed", context.channel().remoteAddress(), cause);
        context.close();
    }
}
