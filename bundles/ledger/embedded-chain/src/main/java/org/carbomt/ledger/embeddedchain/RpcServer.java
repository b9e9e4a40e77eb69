package org.carbomt.ledger.embeddedchain;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** JSON-RPC over HTTP/1.1 on one address. Calls run in threads of their own, those of one connection one after another. */
final class RpcServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 128;
    private static final int IDLE_SECONDS = 120;
    /** Many calls wait, for a block or for the disk. */
    private static final int WORKERS = 32;
    private final EventLoopGroup loops = new NioEventLoopGroup(2, new DefaultThreadFactory("chain-rpc-io", true));
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory("chain-rpc", true));
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel server;

    RpcServer(NodeConfig config, JsonRpc rpc) throws IOException {
        workers.allowCoreThreadTimeOut(true);
        var guard = new HostGuard(config.bindAddress(), config.hosts());
        var bound = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (connections.size() >= MAX_CONNECTIONS) {
                            channel.close();
                            return;
                        }
                        connections.add(channel);
                        channel.pipeline().addLast(new ReadTimeoutHandler(IDLE_SECONDS), new HttpServerCodec(), new HttpObjectAggregator(config.maxRequestBytes()), new FlowControlHandler(),
                                new RpcHandler(rpc, guard, workers));
                    }
                }).bind(new InetSocketAddress(config.bindAddress(), config.port())).awaitUninterruptibly();
        this.server = bound.channel();
        if (!bound.isSuccess()) {
            close();
            throw new IOException("port " + config.port() + " of " + config.bindAddress() + " cannot be listened on: " + bound.cause().getMessage(), bound.cause());
        }
    }

    /** Where this container reaches it. */
    URI uri() {
        var address = (InetSocketAddress) server.localAddress();
        InetAddress ip = address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        String host = ip.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /** Takes no more calls and lets those that run end. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        workers.shutdown();
        try {
            workers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
