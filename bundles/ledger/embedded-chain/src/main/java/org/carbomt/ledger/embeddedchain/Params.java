package org.carbomt.ledger.embeddedchain;

import com.fasterxml.jackson.databind.JsonNode;

/** The parameters of one call, by position. @param values an array */
record Params(JsonNode values) {
    Field at(int index) {
        return Field.of(values, index);
    }
}
