package org.carbomt.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carbomt.itests.AckBook.Reading;

/** A batch of rows in one message. */
final class HttpLoad extends Load {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final String secret;
    private final Function<Reading, String> row;
    private final Set<Integer> notNow;

    /** @param row a reading as JSON. @param notNow statuses that mean: send again */
    HttpLoad(Container container, String device, Function<Reading, String> row, Set<Integer> notNow, Client client, Pace pace) {
        super(device, client, pace);
        this.address = container.base().resolve("/ingest/" + device);
        this.secret = container.secret(device);
        this.row = row;
        this.notNow = notNow;
    }

    /** For the profile mq-board. */
    static String board(Reading reading) {
        return "{\"time\":\"" + Instant.ofEpochMilli(reading.timeMillis()) + "\",\"pm25\":" + value(reading) + "}";
    }

    /** One hour of a running unit, for the profile plant-data-system. */
    static String plant(Reading reading) {
        return "{\"time\":\"" + Instant.ofEpochMilli(reading.timeMillis()) + "\",\"operatingTime\":1,\"load\":100,\"heatInput\":" + value(reading) + "}";
    }

    @Override
    List<Reading> deliver(List<Reading> readings) throws IOException {
        var body = readings.stream().map(row).collect(Collectors.joining(",", "[", "]"));
        return post(body) ? readings : List.of();
    }

    /** Once. @return whether it was accepted; not: to be sent again */
    boolean post(String body) throws IOException {
        try {
            var answer = http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + secret).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 && !notNow.contains(answer.statusCode())) complain("HTTP " + answer.statusCode() + " " + answer.body());
            return answer.statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
