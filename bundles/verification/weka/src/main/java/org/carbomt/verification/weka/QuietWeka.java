package org.carbomt.verification.weka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import weka.classifiers.trees.RandomForest;

/**
 * Weka's package manager wakes up with its first class: it makes folders under WEKA_HOME, sets system properties, and may ask a server for packages. Here it
 * wakes up once, offline, in a folder of the bundle, and the properties are put back.
 */
final class QuietWeka {
    private QuietWeka() {}

    static synchronized void start(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("folder for Weka " + folder + " cannot be made", e);
        }
        var set = new LinkedHashMap<String, String>();
        set.put("WEKA_HOME", folder.toString());
        set.put("weka.packageManager.offline", "true");
        set.put("weka.packageManager.loadPackages", "false");
        var before = new LinkedHashMap<String, String>();
        for (var name : set.keySet()) before.put(name, System.getProperty(name));
        before.put("java.library.path", System.getProperty("java.library.path"));
        set.forEach(System::setProperty);
        try {
            new RandomForest().getCapabilities();
        } finally {
            before.forEach((name, value) -> {
                if (value == null) System.clearProperty(name);
                else System.setProperty(name, value);
            });
        }
    }
}
