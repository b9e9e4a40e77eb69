package org.carbomt.ledger.evidence;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.backup.Backed;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceCopies;
import org.carbomt.api.evidence.EvidenceCopy;
import org.carbomt.api.evidence.EvidenceStore;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evidence on local disk, see {@link Envelope} and {@link ObjectFiles}. The disk comes first: a put returns when it is durable there. Copies go to every
 * {@link EvidenceCopy} in the background, and what the disk has lost comes back from them. Thread safe.
 */
@Component(service = {EvidenceStore.class, Backed.class}, configurationPid = "org.carbomt.ledger.evidence")
@Designate(ocd = DiskEvidence.Config.class)
public final class DiskEvidence implements EvidenceStore, Backed {
    private static final Logger LOG = LoggerFactory.getLogger(DiskEvidence.class);

    @ObjectClassDefinition(name = "CARBO MT: evidence on disk")
    public @interface Config {
        @AttributeDefinition(description = "Folder of the encrypted objects; empty: carbomt/evidence in the container's data folder")
        String directory() default "";

        @AttributeDefinition(description = "Largest content accepted, MiB")
        int maxMebibytes() default 256;
    }

    private final Path folder;
    private final ObjectFiles files;
    private final Vault vault;
    private final SecureRandom random;
    private final long maxBytes;
    private final Copies copies;
    private final ServiceRegistration<?> told;

    @Activate
    public DiskEvidence(BundleContext context, @Reference Vault vault, @Reference Clock clock, Config config) {
        this(folder(config.directory()), vault, new SecureRandom(), config.maxMebibytes() * 1024L * 1024L, clock, context);
    }

    /** @param context null: nothing is told of the copies */
    DiskEvidence(Path folder, Vault vault, SecureRandom random, long maxBytes, Clock clock, BundleContext context) {
        this.folder = folder;
        this.vault = vault;
        this.random = random;
        this.maxBytes = maxBytes;
        this.files = new ObjectFiles(folder);
        this.copies = new Copies(folder, files, clock, Duration.ofSeconds(1));
        this.told = context == null ? null : context.registerService(new String[] {EvidenceCopies.class.getName(), Measured.class.getName(), HealthCheck.class.getName()}, copies, null);
        LOG.info("evidence in {}, content up to {} MiB", folder, maxBytes >> 20);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "removeCopy")
    void addCopy(EvidenceCopy store) {
        copies.add(store);
    }

    void removeCopy(EvidenceCopy store) {
        copies.remove(store);
    }

    @Deactivate
    void close() {
        if (told != null) told.unregister();
        copies.close();
    }

    @Override
    public Cid put(byte[] content, String mediaType) {
        if (content.length > maxBytes) {
            throw new CarboException.Invalid(new Problem("evidence.too-large", "content", content.length + " bytes", "at most " + maxBytes + " bytes"));
        }
        var envelope = Envelope.seal(content, mediaType, random(AesGcm.KEY), random(AesGcm.NONCE), vault);
        var cid = Cid.ofContent(envelope);
        try {
            files.write(cid, envelope);
        } catch (UncheckedIOException e) {
            throw unavailable(e);
        }
        copies.stored(cid);
        return cid;
    }

    @Override
    public Optional<Evidence> get(Cid cid) {
        return sealed(cid).map(envelope -> Envelope.open(envelope, vault));
    }

    @Override
    public Optional<byte[]> sealed(Cid cid) {
        Optional<byte[]> stored;
        try {
            stored = files.read(cid);
        } catch (UncheckedIOException e) {
            throw unavailable(e);
        }
        stored.ifPresent(bytes -> {
            if (!Cid.ofContent(bytes).equals(cid)) {
                throw new CarboException(new Problem("evidence.changed", "cid", cid.text(), "stored bytes with that CID; these have " + Cid.ofContent(bytes)));
            }
        });
        return stored.isPresent() ? stored : copies.find(cid).map(bytes -> restored(cid, bytes));
    }

    private byte[] restored(Cid cid, byte[] bytes) {
        LOG.warn("evidence {} was not on disk; it came back from a copy", cid);
        try {
            files.write(cid, bytes);
        } catch (UncheckedIOException e) {
            throw unavailable(e);
        }
        return bytes;
    }

    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Set<String> without() {
        return Set.of("incoming");
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static CarboException unavailable(UncheckedIOException e) {
        return new CarboException.Unavailable(new Problem("evidence.disk", "", e.getMessage() + ": " + e.getCause().getMessage(), "a writable evidence folder with room"), e);
    }

    private static Path folder(String configured) {
        return configured.isBlank() ? Path.of(System.getProperty("karaf.data", "data"), "carbomt", "evidence") : Path.of(configured);
    }
}
