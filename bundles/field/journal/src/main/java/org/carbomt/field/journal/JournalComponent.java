package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.carbomt.api.backup.Backed;
import org.carbomt.api.journal.Appended;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.Segment;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The container's journal. */
@Component(service = Journal.class, configurationPid = "org.carbomt.field.journal", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = JournalComponent.Config.class)
public final class JournalComponent implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(JournalComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: journal")
    public @interface Config {
        @AttributeDefinition(description = "Folder of the segments; empty: data/carbomt/journal")
        String directory() default "";

        @AttributeDefinition(description = "A segment is sealed when it is larger than this, MiB")
        int segmentMebibytes() default 16;

        @AttributeDefinition(description = "Readings that may wait for the disk, MiB; beyond, senders are told to try again")
        int queueMebibytes() default 32;
    }

    private final SegmentedJournal journal;
    private final List<ServiceRegistration<?>> services;

    @Activate
    public JournalComponent(BundleContext context, Config config) throws IOException {
        var folder = config.directory().isEmpty() ? Path.of(System.getProperty("karaf.data", "data"), "carbomt", "journal") : Path.of(config.directory());
        journal = new SegmentedJournal(folder, (long) config.segmentMebibytes() << 20, (long) config.queueMebibytes() << 20);
        services = List.of(context.registerService(new String[] {Measured.class.getName(), HealthCheck.class.getName()}, new JournalFigures(journal), null),
                context.registerService(Backed.class, Backed.folder("journal", folder), null));
        LOG.info("journal open: {}, {} entries", folder, journal.nextSequence());
    }

    @Deactivate
    void close() {
        services.forEach(ServiceRegistration::unregister);
        journal.close();
        LOG.info("journal closed");
    }

    @Override
    public CompletableFuture<List<Appended>> append(List<Entry> entries) {
        return journal.append(entries);
    }

    @Override
    public long nextSequence() {
        return journal.nextSequence();
    }

    @Override
    public List<StoredEntry> read(long fromSequence, int limit) {
        return journal.read(fromSequence, limit);
    }

    @Override
    public List<StoredEntry> entries(String deviceId, Instant from, Instant to) {
        return journal.entries(deviceId, from, to);
    }

    @Override
    public ReadingBlock readings(String deviceId, Instant from, Instant to) {
        return journal.readings(deviceId, from, to);
    }

    @Override
    public List<Bucket> downsample(String deviceId, String channel, Instant from, Instant to, int buckets) {
        return journal.downsample(deviceId, channel, from, to, buckets);
    }

    @Override
    public AutoCloseable follow(long fromSequence, Follower follower) {
        return journal.follow(fromSequence, follower);
    }

    @Override
    public List<Segment> segments() {
        return journal.segments();
    }

    @Override
    public long verify() {
        return journal.verify();
    }
}
