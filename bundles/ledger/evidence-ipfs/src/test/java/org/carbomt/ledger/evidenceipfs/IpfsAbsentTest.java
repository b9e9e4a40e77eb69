package org.carbomt.ledger.evidenceipfs;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carbomt.api.CarboException;
import org.carbomt.api.evidence.Cid;
import org.junit.jupiter.api.Test;

class IpfsAbsentTest {
    @Test
    void saysThatNobodyAnswers() throws Exception {
        var copy = new IpfsCopy(new IpfsCopyTest.Settings("http://127.0.0.1:" + IpfsCopyTest.freePort(), ""));
        var e = assertThrows(CarboException.Unavailable.class, () -> copy.has(Cid.ofContent(new byte[0])));
        assertTrue(e.getMessage().startsWith("evidence.ipfs.unreachable: api = http://127.0.0.1:"), e.getMessage());
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        var e = assertThrows(CarboException.Invalid.class, () -> new IpfsCopy(new IpfsCopyTest.Settings("/ip4/127.0.0.1/tcp/5001", "")));
        assertTrue(e.getMessage().contains("evidenceipfs api = /ip4/127.0.0.1/tcp/5001; expected http(s)://host[:port]"), e.getMessage());
    }

    @Test
    void saysThatTheAuthorizationIsNotThere() throws Exception {
        var copy = new IpfsCopy(new IpfsCopyTest.Settings("http://127.0.0.1:" + IpfsCopyTest.freePort(), "absent-file"));
        assertTrue(assertThrows(CarboException.Unavailable.class, () -> copy.has(Cid.ofContent(new byte[0]))).getMessage().contains("absent-file"));
    }
}
