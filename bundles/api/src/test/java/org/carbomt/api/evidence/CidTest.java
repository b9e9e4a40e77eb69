package org.carbomt.api.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CidTest {
    // What `ipfs add --cid-version=1 --raw-leaves` gives for the eleven bytes "hello world".
    @Test
    void isTheOneThatIpfsGives() {
        assertEquals("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e", Cid.ofContent("hello world".getBytes(StandardCharsets.US_ASCII)).text());
    }

    @Test
    void refusesWhatIsNoCid() {
        for (var bad : List.of("", "bafkrei", "BAFKREIFZJUT3TE7NHYEKKLSS27NH3K72YSCO7Y32KOAO5EEI66WOF36N5E", "../../../etc/passwd", "Qm" + "a".repeat(44))) {
            assertThrows(IllegalArgumentException.class, () -> new Cid(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new Cid(null));
    }
}
