package org.carbomt.ledger.evidenceipfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceCopy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Copies as raw blocks, pinned, on a node with the RPC API of Kubo (docs.ipfs.tech/reference/kubo/rpc). The node makes the same CID of the bytes as we do, and is asked whether it did.
 * A block above 1 MiB is kept by the node but other nodes do not fetch it. Thread safe.
 */
@Component(configurationPid = "org.carbomt.ledger.evidenceipfs", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = IpfsCopy.Config.class)
public final class IpfsCopy implements EvidenceCopy {
    private static final String BOUNDARY = "carbomt-block-7c1f0e5b9d";
    private static final int LARGE = 1 << 20;
    private static final Pattern KEY = Pattern.compile("\"Key\"\\s*:\\s*\"([a-zA-Z0-9]+)\"");
    private static final Pattern MESSAGE = Pattern.compile("\"Message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    @ObjectClassDefinition(name = "CARBO MT: copies of evidence on IPFS")
    public @interface Config {
        @AttributeDefinition(description = "RPC address of the node, e.g. http://127.0.0.1:5001. Whoever reaches it commands the node: keep it private")
        String api();

        @AttributeDefinition(description = "File with the value of the header Authorization, for a node that asks for one (Kubo: API.Authorizations); read at every request")
        String authorizationFile() default "";

        @AttributeDefinition(description = "How long a request may take, seconds")
        int timeoutSeconds() default 60;
    }

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Config config;
    private final String api;

    @Activate
    public IpfsCopy(Config config) {
        if (!String.valueOf(config.api()).matches("https?://[A-Za-z0-9.:\\[\\]-]+/?")) throw invalid("api", config.api(), "http(s)://host[:port]");
        if (config.timeoutSeconds() < 1) throw invalid("timeoutSeconds", "" + config.timeoutSeconds(), "1 or more");
        this.config = config;
        this.api = config.api().replaceAll("/$", "");
    }

    @Override
    public String name() {
        return "ipfs";
    }

    @Override
    public String place() {
        return api;
    }

    @Override
    public void put(Cid cid, byte[] sealed) {
        var answer = call("block/put?cid-codec=raw&mhtype=sha2-256&pin=true" + (sealed.length > LARGE ? "&allow-big-block=true" : ""), sealed);
        if (answer.statusCode() != 200) throw refused("block/put", answer);
        var key = find(KEY, answer);
        if (!key.equals(cid.text())) throw new CarboException(new Problem("evidence.ipfs.other-cid", "Key", key, cid.text()));
    }

    /** Whether it is pinned: a block that is only there may be collected. */
    @Override
    public boolean has(Cid cid) {
        var answer = call("pin/ls?type=recursive&arg=" + cid, null);
        if (answer.statusCode() == 200) return true;
        if (answer.statusCode() == 500 && find(MESSAGE, answer).contains("is not pinned")) return false;
        throw refused("pin/ls", answer);
    }

    /** From that node alone: the network is not searched. */
    @Override
    public Optional<byte[]> get(Cid cid) {
        var answer = call("block/get?offline=true&arg=" + cid, null);
        if (answer.statusCode() == 200) return Optional.of(answer.body());
        if (answer.statusCode() == 500 && find(MESSAGE, answer).contains("not found")) return Optional.empty();
        throw refused("block/get", answer);
    }

    private HttpResponse<byte[]> call(String command, byte[] block) {
        var request = HttpRequest.newBuilder(URI.create(api + "/api/v0/" + command)).timeout(Duration.ofSeconds(config.timeoutSeconds()));
        if (!config.authorizationFile().isBlank()) request.header("Authorization", authorization());
        if (block == null) request.POST(HttpRequest.BodyPublishers.noBody());
        else request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY).POST(HttpRequest.BodyPublishers.ofByteArray(multipart(block)));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("evidence.ipfs.unreachable", "api", api, "a node that answers (" + e.getClass().getSimpleName() + ")"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarboException.Unavailable(new Problem("evidence.ipfs.interrupted", "", "", "to be asked again"), e);
        }
    }

    /** One part. The length of the boundary is long enough for bytes that are encrypted, thus random. */
    private static byte[] multipart(byte[] block) {
        var out = new ByteArrayOutputStream(block.length + 256);
        out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"block\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(block);
        out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private String authorization() {
        try {
            return Files.readString(Path.of(config.authorizationFile())).strip();
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("evidence.ipfs.credentials", "authorizationFile", config.authorizationFile(), "a readable file, e.g. with 'Bearer …' in it"), e);
        }
    }

    private CarboException refused(String command, HttpResponse<byte[]> answer) {
        var said = find(MESSAGE, answer);
        return new CarboException.Unavailable(new Problem("evidence.ipfs.refused", command + " at " + api, "HTTP " + answer.statusCode() + (said.isEmpty() ? "" : " " + said), "a node that takes blocks, and leave to use it"));
    }

    private static String find(Pattern pattern, HttpResponse<byte[]> answer) {
        var found = pattern.matcher(new String(answer.body(), 0, Math.min(answer.body().length, 4_096), StandardCharsets.UTF_8));
        return found.find() ? found.group(1) : "";
    }

    private static CarboException invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("config.invalid", "org.carbomt.ledger.evidenceipfs " + field, value, expected));
    }
}
