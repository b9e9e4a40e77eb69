package org.carbomt.ledger.evidences3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceCopy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Copies in a bucket, {@code <prefix><cid>}, addressed by path. The store checks each body against its SHA-256, which the signature covers too. Needs the rights
 * s3:PutObject, s3:GetObject and, to tell absent from forbidden, s3:ListBucket. Thread safe.
 */
@Component(configurationPid = "org.carbomt.ledger.evidences3", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = S3Copy.Config.class)
public final class S3Copy implements EvidenceCopy {
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,80})</Code>");

    @ObjectClassDefinition(name = "CARBO MT: copies of evidence in S3")
    public @interface Config {
        @AttributeDefinition(description = "Address of the store: https://s3.eu-west-1.amazonaws.com, https://storage.googleapis.com, or your own")
        String endpoint();

        @AttributeDefinition(description = "Region that signatures name; many stores of one's own take us-east-1")
        String region() default "us-east-1";

        @AttributeDefinition(description = "Bucket; it must be there")
        String bucket();

        @AttributeDefinition(description = "What the names of the objects begin with")
        String prefix() default "evidence/";

        @AttributeDefinition(description = "File with aws_access_key_id, aws_secret_access_key and perhaps aws_session_token, read at every request; empty: AWS_ACCESS_KEY_ID and so on in the environment")
        String credentialsFile() default "";

        @AttributeDefinition(description = "Encryption by the store, beside ours: empty, AES256 or aws:kms")
        String serverSideEncryption() default "";

        @AttributeDefinition(description = "How long a request may take, seconds")
        int timeoutSeconds() default 60;
    }

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Config config;
    private final String base;
    private final String path;
    private final Clock clock;
    private final Map<String, String> environment;

    @Activate
    public S3Copy(@Reference Clock clock, Config config) {
        this(clock, config, System.getenv());
    }

    S3Copy(Clock clock, Config config, Map<String, String> environment) {
        this.clock = clock;
        this.config = config;
        this.environment = environment;
        if (!String.valueOf(config.endpoint()).matches("https?://[A-Za-z0-9.:\\[\\]-]+/?")) throw invalid("endpoint", config.endpoint(), "http(s)://host[:port]");
        if (!String.valueOf(config.bucket()).matches("[a-z0-9][a-z0-9._-]{2,62}")) throw invalid("bucket", config.bucket(), "3 to 63 of a-z, 0-9, '.', '_', '-'");
        if (!config.prefix().matches("[A-Za-z0-9._/-]*")) throw invalid("prefix", config.prefix(), "letters, digits, '.', '_', '-', '/'");
        if (!config.serverSideEncryption().matches("|AES256|aws:kms")) throw invalid("serverSideEncryption", config.serverSideEncryption(), "empty, AES256 or aws:kms");
        if (config.timeoutSeconds() < 1) throw invalid("timeoutSeconds", "" + config.timeoutSeconds(), "1 or more");
        this.base = config.endpoint().replaceAll("/$", "");
        this.path = "/" + config.bucket() + "/" + config.prefix();
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String place() {
        return base + path;
    }

    @Override
    public void put(Cid cid, byte[] sealed) {
        var headers = new TreeMap<String, String>();
        headers.put("content-type", "application/octet-stream");
        headers.put("x-amz-checksum-sha256", Base64.getEncoder().encodeToString(Hash.sha256(sealed).bytes()));
        if (!config.serverSideEncryption().isEmpty()) headers.put("x-amz-server-side-encryption", config.serverSideEncryption());
        var answer = send("PUT", cid, headers, sealed);
        if (answer.statusCode() != 200) throw refused("PUT", answer);
    }

    @Override
    public boolean has(Cid cid) {
        var answer = send("HEAD", cid, Map.of(), new byte[0]);
        if (answer.statusCode() != 200 && answer.statusCode() != 404) throw refused("HEAD", answer);
        return answer.statusCode() == 200; // a bucket that is absent is 404 too; the put then says so
    }

    @Override
    public Optional<byte[]> get(Cid cid) {
        var answer = send("GET", cid, Map.of(), new byte[0]);
        if (answer.statusCode() == 200) return Optional.of(answer.body());
        if (answer.statusCode() == 404 && code(answer).equals("NoSuchKey")) return Optional.empty();
        throw refused("GET", answer);
    }

    private HttpResponse<byte[]> send(String method, Cid cid, Map<String, String> headers, byte[] body) {
        var uri = URI.create(base + path + cid);
        var toSign = new TreeMap<>(headers);
        toSign.put("host", uri.getRawAuthority());
        var signed = Signature.sign(Credentials.read(config.credentialsFile(), environment), config.region(), clock.instant(), method, uri.getRawPath(), toSign, body);
        signed.remove("host"); // the client sends it by itself
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(config.timeoutSeconds()));
        signed.forEach(request::header);
        request.method(method, method.equals("PUT") ? HttpRequest.BodyPublishers.ofByteArray(body) : HttpRequest.BodyPublishers.noBody());
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("evidence.s3.unreachable", "endpoint", base, "an address that answers (" + e.getClass().getSimpleName() + ")"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarboException.Unavailable(new Problem("evidence.s3.interrupted", "", "", "to be asked again"), e);
        }
    }

    private CarboException refused(String method, HttpResponse<byte[]> answer) {
        var right = switch (answer.statusCode()) {
            case 401, 403 -> "an access key that may use the bucket, a right clock and region";
            case 404 -> "a bucket that is there";
            case 301, 307 -> "the region and endpoint of the bucket";
            case 507 -> "room in the store";
            default -> "a store that takes objects";
        };
        return new CarboException.Unavailable(new Problem("evidence.s3.refused", method + " " + place(), "HTTP " + answer.statusCode() + (code(answer).isEmpty() ? "" : " " + code(answer)), right));
    }

    private static String code(HttpResponse<byte[]> answer) {
        var found = CODE.matcher(new String(answer.body(), 0, Math.min(answer.body().length, 4_096), StandardCharsets.UTF_8));
        return found.find() ? found.group(1) : "";
    }

    private static CarboException invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("config.invalid", "org.carbomt.ledger.evidences3 " + field, value, expected));
    }
}
