package org.carbomt.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** The devices of the demo site: each plays its recording through its own protocol, as fast as it is acknowledged. */
public final class Senders {
    private static final DateTimeFormatter EPA_DAY = DateTimeFormatter.ofPattern("MM-dd-yyyy", Locale.ROOT);
    private static final ZoneOffset NEW_MEXICO = ZoneOffset.ofHours(-7);
    private static final ZoneOffset NEW_HAMPSHIRE = ZoneOffset.ofHours(-5);

    private Senders() {}

    /** The plant data system of Afton 0001: EPA's recorded hours of [from, to) local days, one HTTP message an hour, batches of 48. @return hours sent */
    public static int plant(Ingest ingest, LocalDate from, LocalDate to, IntConsumer progress) throws InterruptedException {
        var batch = new ArrayList<String>();
        int sent = 0;
        for (var row : Recording.rows("afton-0001-2020-01-08.csv", ",")) {
            var day = LocalDate.parse(row.get("OP_DATE"), EPA_DAY);
            if (day.isBefore(from) || !day.isBefore(to)) continue;
            batch.add(plantHour(day, row));
            sent++;
            if (batch.size() == 48) {
                ingest.send("application/json", batch.toString());
                batch.clear();
                progress.accept(sent);
            }
        }
        if (!batch.isEmpty()) ingest.send("application/json", batch.toString());
        return sent;
    }

    private static String plantHour(LocalDate day, Map<String, String> row) {
        var time = day.atTime(Integer.parseInt(row.get("OP_HOUR")), 0).toInstant(NEW_MEXICO);
        var json = new StringBuilder("{\"time\":\"").append(time).append('"');
        number(json, "operatingTime", row.get("OP_TIME"));
        number(json, "load", row.get("GLOAD (MW)"));
        number(json, "heatInput", row.get("HEAT_INPUT (mmBtu)"));
        number(json, "co2Mass", row.get("CO2_MASS (tons)"));
        var flag = row.get("CO2_MASS_MEASURE_FLG");
        if (!flag.isEmpty()) json.append(",\"co2Flag\":\"").append(flag).append('"');
        return json.append('}').toString();
    }

    private static void number(StringBuilder json, String name, String text) {
        if (!text.isEmpty()) json.append(",\"").append(name).append("\":").append(text.startsWith(".") ? "0" + text : text);
    }

    /** Stack of Burgess ST01: the recorded hourly flow at each quarter of the hour; CO2 and moisture are made up (synthetic). CSV in one batch. */
    public static int stack(Ingest ingest) throws InterruptedException {
        var csv = new StringBuilder("time,flow,co2,h2o\n");
        int hours = 0;
        for (var row : Recording.rows("burgess-st01-flow-2021-10.csv", ",")) {
            var start = LocalDate.parse(row.get("hour_date")).atTime(Integer.parseInt(row.get("hour")), 0).toInstant(NEW_HAMPSHIRE);
            for (int q = 0; q < 4; q++) {
                double co2 = 13 + Math.sin((hours * 4 + q) / 24.0);
                csv.append(String.format(Locale.ROOT, "%d,%s,%.1f,%.1f%n", start.plusSeconds(900L * q).toEpochMilli(), row.get("ADJUSTED_HRLY_VALUE"), co2, 15.0));
            }
            hours++;
        }
        ingest.send("text/csv", csv.toString());
        return hours;
    }

    /** An Elsys ERS CO2 in an office: recorded minutes as encrypted LoRaWAN frames, sent by a gateway speaking Semtech's UDP protocol. @return frames acknowledged */
    public static int office(int udpPort, String devAddr, String nwkSKey, String appSKey, int firstCounter, int frames, IntConsumer progress) throws IOException, InterruptedException {
        var hex = HexFormat.of();
        var gateway = hex.parseHex("0016c001ff10a235");
        int counter = firstCounter;
        int acknowledged = 0;
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(2_000);
            for (var row : Recording.rows("indoor-co2.csv", ",").subList(0, frames)) {
                var payload = ByteBuffer.allocate(11);
                payload.put((byte) 1).putShort((short) Math.round(Double.parseDouble(row.get("Temperature")) * 10));
                payload.put((byte) 2).put((byte) Math.round(Double.parseDouble(row.get("Humidity"))));
                payload.put((byte) 4).putShort((short) Math.round(Double.parseDouble(row.get("Light"))));
                payload.put((byte) 6).putShort((short) Math.round(Double.parseDouble(row.get("CO2"))));
                var frame = LoraFrame.dataUp((int) Long.parseLong(devAddr, 16), counter, 5, payload.array(), hex.parseHex(nwkSKey), hex.parseHex(appSKey));
                var time = LocalDateTime.parse(row.get("date").replace(' ', 'T')).toInstant(ZoneOffset.UTC);
                if (push(socket, udpPort, gateway, counter, rxpk(time, frame))) acknowledged++;
                counter++;
                if (acknowledged % 10 == 0) progress.accept(acknowledged);
                Thread.sleep(20);
            }
        }
        return acknowledged;
    }

    private static String rxpk(Instant time, byte[] frame) {
        return "{\"rxpk\":[{\"time\":\"%s\",\"tmst\":%d,\"chan\":2,\"rfch\":0,\"freq\":868.5,\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"rssi\":-51,\"lsnr\":9.5,\"size\":%d,\"data\":\"%s\"}]}"
                .formatted(time, time.toEpochMilli() & 0xffffffffL, frame.length, Base64.getEncoder().encodeToString(frame));
    }

    /** PUSH_DATA (version 2), waits for its PUSH_ACK. */
    private static boolean push(DatagramSocket socket, int port, byte[] gateway, int token, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var packet = ByteBuffer.allocate(12 + body.length).put((byte) 2).putShort((short) token).put((byte) 0).put(gateway).put(body).array();
        var answer = new DatagramPacket(new byte[64], 64);
        for (int attempt = 0; attempt < 3; attempt++) {
            socket.send(new DatagramPacket(packet, packet.length, new InetSocketAddress("127.0.0.1", port)));
            try {
                socket.receive(answer);
                if (answer.getLength() >= 4 && answer.getData()[3] == 1) return true;
            } catch (java.net.SocketTimeoutException e) {
                System.err.println("   the gateway got no acknowledgement; it sends again");
            }
        }
        return false;
    }

    /** Our own board: recorded metal-oxide sensors over MQTT 5, QoS 1. @return messages acknowledged */
    public static int board(int mqttPort, String deviceId, String secret, int messages, IntConsumer progress) throws MqttException {
        var client = new MqttClient("tcp://127.0.0.1:" + mqttPort, deviceId, new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setUserName(deviceId);
        options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        options.setConnectionTimeout(10);
        connect(client, options);
        int sent = 0;
        try {
            for (var row : Recording.rows("air-quality-uci.csv", ";").subList(0, messages)) {
                var raw = decimal(row.get("PT08.S5(O3)"));
                if (raw < 0) continue;
                var time = LocalDateTime.parse(row.get("Date") + " " + row.get("Time"), DateTimeFormatter.ofPattern("dd/MM/yyyy HH.mm.ss", Locale.ROOT)).toInstant(ZoneOffset.ofHours(1));
                var json = String.format(Locale.ROOT, "{\"time\":\"%s\",\"mq135Raw\":%.0f,\"temperature\":%.1f,\"humidity\":%.1f}", time, raw, decimal(row.get("T")), decimal(row.get("RH")));
                var message = new MqttMessage(json.getBytes(StandardCharsets.UTF_8));
                message.setQos(1);
                client.publish("devices/" + deviceId + "/readings", message);
                sent++;
                if (sent % 10 == 0) progress.accept(sent);
            }
        } finally {
            client.disconnect();
            client.close();
        }
        return sent;
    }

    /** As a device does: it tries again while nobody listens yet. */
    private static void connect(MqttClient client, MqttConnectionOptions options) throws MqttException {
        for (int attempt = 0;; attempt++) {
            try {
                client.connect(options);
                return;
            } catch (MqttException e) {
                if (e.getReasonCode() != MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR || attempt == 60) throw e;
            }
            LockSupport.parkNanos(500_000_000L);
        }
    }

    private static double decimal(String text) {
        return Double.parseDouble(text.replace(',', '.'));
    }
}
