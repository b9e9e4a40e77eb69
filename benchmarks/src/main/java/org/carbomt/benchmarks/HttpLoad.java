package org.carbomt.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Batches posted to /ingest over kept-alive connections, one connection a device; each batch waits for its 200. */
final class HttpLoad {
    record Sender(String device, String secret, List<byte[]> bodies) {}

    private HttpLoad() {}

    /** @return seconds until the last batch was answered */
    static double run(int port, List<Sender> senders, int rows) throws ExecutionException, InterruptedException {
        var pool = Executors.newFixedThreadPool(senders.size());
        try {
            long start = System.nanoTime();
            var tasks = new ArrayList<Future<?>>();
            for (var sender : senders) {
                tasks.add(pool.submit(() -> {
                    send(port, sender, rows);
                    return null;
                }));
            }
            for (var task : tasks) task.get();
            return (System.nanoTime() - start) / 1e9;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void send(int port, Sender sender, int rows) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            var in = new BufferedInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            for (var body : sender.bodies) {
                out.write(("POST /ingest/" + sender.device + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + sender.secret + "\r\nContent-Type: text/csv\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
                var answer = answer(in);
                if (!answer.contains("\"stored\":" + rows + ",")) throw new IOException("the answer to " + rows + " rows was: " + answer);
            }
        }
    }

    /** Status line, headers, body. */
    static String answer(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) throw new IOException("the server hung up after: " + head);
            head.append((char) b);
        }
        var length = java.util.regex.Pattern.compile("(?i)content-length: *(\\d+)").matcher(head);
        if (!length.find()) throw new IOException("no length in: " + head);
        return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }
}
