package org.carbomt.field.mqttbroker;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import org.carbomt.api.device.Devices;
import org.carbomt.api.intake.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets: plain and TLS 1.3. */
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private final Settings settings;
    private final Connection.Surroundings surroundings;
    private final Batches batches;
    private final Clients clients;
    private final EventLoopGroup loops = new NioEventLoopGroup(Math.max(2, Runtime.getRuntime().availableProcessors()), new DefaultThreadFactory("carbomt-mqtt", true));
    private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Channel> servers = new ArrayList<>();

    Listener(Settings settings, Devices devices, Clock clock, Batches.Door door, Supplier<Optional<Intake>> quarantine) {
        this.settings = settings;
        batches = new Batches(door, settings.batch());
        clients = new Clients(settings.connections());
        surroundings = new Connection.Surroundings(settings, devices, clock, batches, clients, quarantine);
    }

    void start() throws IOException, GeneralSecurityException, InterruptedException {
        try {
            if (settings.port() >= 0) bind(settings.port(), null);
            if (settings.tls().isPresent()) bind(settings.tls().get().port(), tls(settings.tls().get()));
        } catch (IOException | GeneralSecurityException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
        LOG.info("MQTT on {}, at most {} clients, messages up to {} bytes", servers.stream().map(Channel::localAddress).toList(), settings.connections(), settings.messageBytes());
    }

    private void bind(int port, SslContext tls) throws IOException, InterruptedException {
        var bootstrap = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true).option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        welcome(channel, tls);
                    }
                });
        var bound = bootstrap.bind(new InetSocketAddress(settings.host(), port)).await();
        if (!bound.isSuccess()) throw new IOException("port " + port + " of " + settings.host() + " cannot be listened on: " + bound.cause().getMessage(), bound.cause());
        servers.add(bound.channel());
    }

    private void welcome(Channel channel, SslContext tls) {
        if (sockets.size() >= settings.connections() * 2L) { // those that have not said who they are are bounded too
            channel.close();
            return;
        }
        sockets.add(channel);
        if (tls != null) channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        channel.pipeline().addLast(new MqttDecoder(settings.messageBytes(), 1024), MqttEncoder.INSTANCE, new Connection(surroundings));
    }

    private static SslContext tls(Settings.Tls tls) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(tls.keyStore())) {
            store.load(in, tls.password().toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, tls.password().toCharArray());
        return SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK).protocols("TLSv1.3").build();
    }

    int clients() {
        return clients.size();
    }

    long unansweredBytes() {
        return batches.unansweredBytes();
    }

    /** @return the ports listened on, plain first */
    List<Integer> ports() {
        return servers.stream().map(s -> ((InetSocketAddress) s.localAddress()).getPort()).toList();
    }

    /** Takes no more, answers what was taken, and says goodbye. What is not answered in time stays with its sender. */
    @Override
    public void close() {
        try {
            for (var server : servers) server.close().await(2, TimeUnit.SECONDS);
            for (var socket : sockets) {
                var connection = socket.pipeline().get(Connection.class);
                if (connection != null) connection.stopReading();
            }
            if (!batches.drain(settings.drainMillis())) LOG.warn("MQTT stops with messages that are not acknowledged; their senders keep them");
            for (var socket : sockets) {
                var connection = socket.pipeline().get(Connection.class);
                if (connection != null) connection.shutDown();
            }
            sockets.newCloseFuture().await(1, TimeUnit.SECONDS);
            sockets.close().await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            batches.close();
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        }
        LOG.info("MQTT stopped");
    }
}
