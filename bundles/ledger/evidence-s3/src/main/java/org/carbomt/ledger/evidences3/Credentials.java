package org.carbomt.ledger.evidences3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/** Access key, secret key and, for temporary ones, session token. Its text shows none of them. */
record Credentials(String accessKey, String secretKey, String sessionToken) {
    /**
     * From a file in the form of AWS's own ({@code aws_access_key_id = …}, {@code aws_secret_access_key = …}, {@code aws_session_token = …}), one profile only; no file: from the environment
     * (AWS_ACCESS_KEY_ID and so on). Read at every request, so keys that another program renews are taken at once.
     */
    static Credentials read(String file, Map<String, String> environment) {
        var found = new HashMap<String, String>();
        if (file.isBlank()) {
            environment.forEach((k, v) -> found.put(k.toLowerCase(java.util.Locale.ROOT), v));
        } else {
            try {
                for (var line : Files.readAllLines(Path.of(file))) {
                    int at = line.indexOf('=');
                    if (at > 0) found.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
                }
            } catch (IOException e) {
                throw new CarboException.Unavailable(new Problem("evidence.s3.credentials", "credentialsFile", file, "a readable file with aws_access_key_id and aws_secret_access_key"), e);
            }
        }
        var access = found.getOrDefault("aws_access_key_id", "");
        var secret = found.getOrDefault("aws_secret_access_key", "");
        if (access.isEmpty() || secret.isEmpty()) {
            throw new CarboException.Unavailable(new Problem("evidence.s3.credentials", "credentialsFile", file, "a file with aws_access_key_id and aws_secret_access_key, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"));
        }
        return new Credentials(access, secret, found.getOrDefault("aws_session_token", ""));
    }

    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
