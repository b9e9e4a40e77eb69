package org.carbomt.api.identity;

import org.osgi.annotation.versioning.ProviderType;

/** Seals secrets that must be kept (chain keys, radio keys, evidence keys) with AES-256-GCM under the container's master key (file, 0600, made at first start). */
@ProviderType
public interface Vault {
    /** @param context bound as associated data: opening with another context fails. */
    byte[] seal(byte[] secret, String context);

    /** CarboException when it was changed or the context differs. */
    byte[] open(byte[] sealed, String context);
}
