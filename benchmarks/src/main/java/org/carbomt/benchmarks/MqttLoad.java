package org.carbomt.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One load for both brokers: publishers with QoS 1 and a window of unacknowledged messages. */
final class MqttLoad {
    /** @param user null for none */
    record Publisher(String clientId, String topic, String user, String password) {}

    /** @param publishers connections. @param count messages of each. @param window unacknowledged messages of each */
    record Form(String name, int publishers, int count, int window, Readings.Template message) {
        long readings() {
            return (long) publishers * count * message.rows();
        }
    }

    private MqttLoad() {}

    /**
     * Until the last message is acknowledged, and delivered where somebody has subscribed.
     *
     * @param subscription null for no subscriber
     * @return readings a second
     */
    static double run(int port, List<Publisher> publishers, Form form, long first, String subscription) throws ExecutionException, InterruptedException, java.io.IOException {
        var pool = Executors.newCachedThreadPool();
        var clients = new ArrayList<MqttClient>();
        try {
            for (var p : publishers) clients.add(new MqttClient(port, p.clientId, p.user, p.password));
            var ready = new CountDownLatch(subscription == null ? 0 : 1);
            var tasks = new ArrayList<Future<?>>();
            if (subscription != null) {
                var subscriber = new MqttClient(port, "subscriber", null, null);
                clients.add(subscriber);
                tasks.add(pool.submit(task(() -> subscriber.take(subscription, (long) publishers.size() * form.count, ready::countDown))));
            }
            ready.await();
            long start = System.nanoTime();
            for (int i = 0; i < publishers.size(); i++) {
                var client = clients.get(i);
                var topic = publishers.get(i).topic;
                tasks.add(pool.submit(task(() -> client.publish(topic, form.message.copy(), first, form.count, form.window))));
            }
            for (var task : tasks) task.get();
            return form.readings() / ((System.nanoTime() - start) / 1e9);
        } finally {
            for (var client : clients) client.close();
            pool.shutdownNow();
        }
    }

    private interface Io {
        void run() throws java.io.IOException;
    }

    private static Callable<Void> task(Io io) {
        return () -> {
            io.run();
            return null;
        };
    }
}
