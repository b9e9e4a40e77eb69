package org.carbomt.api.identity;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** People, their access keys, and who is calling. */
@ProviderType
public interface Identity {
    /** The person whose access key this is; constant time; empty for an unknown or revoked key. */
    Optional<Person> authenticate(String accessKey);

    Optional<Person> find(String id);

    List<Person> all();

    /** Adds or replaces a person; access keys stay as they are. */
    void put(Person person);

    /** A new access key (256 random bits, only its hash is kept), returned this once; the person's former keys end. */
    String renewAccessKey(String personId);

    void remove(String personId);
}
