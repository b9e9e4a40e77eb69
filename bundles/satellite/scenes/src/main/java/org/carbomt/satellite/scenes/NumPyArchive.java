package org.carbomt.satellite.scenes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/** The members of an .npz by name, unpacked within limits: a zip that unpacks to more is refused as soon as it passes them. */
final class NumPyArchive {
    static final int MOST_FILE = 64 << 20;
    private static final int MOST_MEMBER = 16 << 20;
    private static final int MOST_TOTAL = 128 << 20;
    private static final int MOST_MEMBERS = 64;

    private NumPyArchive() {}

    static Map<String, byte[]> unpack(String fileName, byte[] bytes) {
        if (bytes.length > MOST_FILE) throw NumPyArray.wrong(fileName, bytes.length + " bytes", "at most " + MOST_FILE);
        var members = new TreeMap<String, byte[]>();
        long total = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var data = zip.readNBytes(MOST_MEMBER + 1);
                total += data.length;
                if (data.length > MOST_MEMBER || total > MOST_TOTAL) throw NumPyArray.wrong(entry.getName(), "more than " + Math.min(MOST_MEMBER, MOST_TOTAL) + " bytes unpacked", "members of at most " + MOST_MEMBER + " bytes, " + MOST_TOTAL + " together");
                if (members.put(entry.getName(), data) != null) throw NumPyArray.wrong(entry.getName(), "twice", "each member once");
                if (members.size() > MOST_MEMBERS) throw NumPyArray.wrong(fileName, "more than " + MOST_MEMBERS + " members", "at most " + MOST_MEMBERS);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw NumPyArray.wrong(fileName, String.valueOf(e.getMessage()), "a whole .npz (a zip of .npy members)");
        }
        if (members.isEmpty()) throw NumPyArray.wrong(fileName, "no member", "an .npz (a zip of .npy members)");
        return members;
    }
}
