package org.carbomt.api.satellite;

import org.osgi.annotation.versioning.ConsumerType;

/** Reads one kind of file (whiteboard service). Files come from strangers: a reader refuses what it does not understand and never takes memory beyond its limits. */
@ConsumerType
public interface SceneReader {
    /** Whether it is for files of this name. */
    boolean reads(String fileName);

    /**
     * @param fileName without folder; the id of the scene is made from it
     * @throws org.carbomt.api.CarboException.Invalid when the file is not a scene; names the member and what would be right
     */
    Scene read(String fileName, byte[] bytes);
}
