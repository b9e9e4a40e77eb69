package org.carbomt.platform.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AssetTest {
    @Test
    void answersDeepLinksWithThePage() {
        for (var path : new String[] {null, "/", "/hours", "/devices/afton-das", "/devices/v1.2"}) assertTrue(Asset.of(path).page(), path);
    }

    @Test
    void servesHashedAssetsForEver() {
        var script = Asset.of("/assets/index-DG9omkil.js");
        assertEquals("text/javascript; charset=utf-8", script.type());
        assertTrue(script.immutable());
        assertFalse(Asset.of("/theme.js").immutable());
    }

    // A missing asset must be a 404, never the page: a stale browser would run HTML as script.
    @Test
    void neverAnswersAnAssetWithThePage() {
        assertFalse(Asset.of("/assets/gone").page());
    }

    @Test
    void neverLeavesItsFolder() {
        for (var path : new String[] {"/../secret.json", "/assets/../../x.js", "//etc/x.js"}) assertFalse(Asset.of(path).resource().contains("secret") || Asset.of(path).immutable(), path);
    }
}
