package org.carbomt.proof;

import java.util.Optional;

/** What the person who checks knows from elsewhere; what is empty is taken from the file and named in the report. Addresses: 0x and 40 lower-case digits. */
public record Trust(Optional<String> validator, Optional<String> creditsContract, Optional<String> anchorsContract) {
    /** Takes everything from the file. */
    public static final Trust OF_THE_FILE = new Trust(Optional.empty(), Optional.empty(), Optional.empty());

    public Trust {
        validator.ifPresent(v -> require("validator", v));
        creditsContract.ifPresent(v -> require("credits contract", v));
        anchorsContract.ifPresent(v -> require("anchors contract", v));
    }

    private static void require(String what, String address) {
        if (!address.matches("0x[0-9a-f]{40}")) throw new IllegalArgumentException(what + ": " + address + ", expected 0x and 40 lower-case hexadecimal digits");
    }
}
