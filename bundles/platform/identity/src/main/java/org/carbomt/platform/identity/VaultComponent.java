package org.carbomt.platform.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.carbomt.api.identity.Vault;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The vault of the container: {@code data/carbomt/vault/master.key}. */
@Component(service = Vault.class)
public final class VaultComponent implements Vault {
    private final FileVault vault;

    @Activate
    public VaultComponent() {
        vault = new FileVault(Path.of(System.getProperty("karaf.data", "data"), "carbomt", "vault", "master.key"), new SecureRandom());
    }

    @Override
    public byte[] seal(byte[] secret, String context) {
        return vault.seal(secret, context);
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
        return vault.open(sealed, context);
    }
}
