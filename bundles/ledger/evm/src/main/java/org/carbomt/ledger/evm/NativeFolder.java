package org.carbomt.ledger.evm;

import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In the container, native libraries are unpacked into this bundle's own storage, under {@code karaf.data}. */
public final class NativeFolder implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Natives.unpackUnder(Path.of(context.getDataFile("native").getAbsolutePath()));
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing to release: a loaded Go runtime cannot be unloaded.
    }
}
