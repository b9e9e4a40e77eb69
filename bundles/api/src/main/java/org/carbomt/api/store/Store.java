package org.carbomt.api.store;

import org.osgi.annotation.versioning.ProviderType;

/** The relational store of this container: Derby by default, PostgreSQL by configuration. */
@ProviderType
public interface Store {
    /**
     * Brings the owner's tables up to date and opens them. Table names start with the owner's prefix (its last package segments joined by _).
     *
     * @param owner the calling bundle's root package, e.g. {@code org.carbomt.emissions.hours}
     * @param changeLog Liquibase XML on the owner's class path; must run on Derby and PostgreSQL
     * @throws org.carbomt.api.CarboException.Unavailable when the database cannot be reached
     */
    Database open(String owner, ClassLoader loader, String changeLog);
}
