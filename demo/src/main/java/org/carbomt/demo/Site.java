package org.carbomt.demo;

import java.util.List;
import java.util.Map;

/** The demo site: its people, accounts, devices and sources. Everything is put by id, so doing it again changes nothing. */
public final class Site {
    public static final String PLANT = "afton-das";
    public static final String STACK = "burgess-stack";
    public static final String OFFICE = "office-co2";
    public static final String BOARD = "mq-board-1";
    public static final String GAS_UNIT = "afton-0001";
    public static final String DEV_ADDR = "26011bda";

    private final Api admin;
    private final Keys keys;

    public Site(Api admin, Keys keys) {
        this.admin = admin;
        this.keys = keys;
    }

    public void build() {
        account("afton-power", "Afton Power LLC (demo)");
        account("blue-airways", "Blue Airways (demo)");
        person("engineer", "Site engineer", "afton-power", List.of("OPERATOR"), null, List.of("afton-power"));
        person("verifier", "V. Ortiz, verifier", "green-check", List.of("VERIFIER"), keys.verifierPublicKey(), List.of());
        person("trader", "Trader", "blue-airways", List.of("TRADER"), null, List.of("blue-airways"));
        person("auditor", "Auditor", "court-of-audit", List.of("AUDITOR"), null, List.of());
        device(PLANT, "afton", "plant-data-system", "Afton 0001 plant data system", Map.of(), List.of(), "2020-01-01T00:00:00Z");
        device(STACK, "burgess", "stack-analyser", "Burgess ST01 stack (flow recorded; CO2 and H2O synthetic)", Map.of(), List.of("co2", "h2o"), "2021-10-01T00:00:00Z");
        device(OFFICE, "office", "elsys-ers-co2", "Office CO2 (Elsys ERS CO2)", Map.of("lorawan.devAddr", DEV_ADDR), List.of(), "2015-01-01T00:00:00Z");
        device(BOARD, "roadside", "mq-board", "MQ board at the roadside (indicative)", Map.of(), List.of(), "2004-01-01T00:00:00Z");
        source(GAS_UNIT, "afton", "Afton 0001, gas combined cycle (ORIS 55210)", "G-4", Map.of("heatInput", PLANT + "/heatInput", "operatingTime", PLANT + "/operatingTime", "load", PLANT + "/load", "flag", PLANT + "/co2Flag"), Map.of("Fc", "1040"), "afton-power");
        source("burgess-st01", "burgess", "Burgess ST01, stack (CO2 synthetic)", "F-11-wet", Map.of("co2", STACK + "/co2", "flow", STACK + "/flow"), Map.of(), "burgess-biopower");
    }

    /** A device's secret; made once and kept by the device. */
    public String secret(String deviceId) {
        return keys.find(deviceId + ".secret").orElseGet(() -> keys.keep(deviceId + ".secret", admin.post("/devices/" + deviceId + "/secret", Map.of()).get("secret").asText()));
    }

    /** The API as that person sees it. */
    public Api as(String personId) {
        return admin.as(keys.find(personId + ".key").orElseGet(() -> keys.keep(personId + ".key", admin.post("/people/" + personId + "/access-key", Map.of()).get("accessKey").asText())));
    }

    private void account(String id, String holder) {
        admin.post("/accounts", Map.of("id", id, "holder", holder));
    }

    private void person(String id, String name, String organisation, List<String> roles, String signingKey, List<String> accounts) {
        var body = new java.util.HashMap<String, Object>(Map.of("name", name, "organisation", organisation, "roles", roles, "accounts", accounts));
        body.put("signingKey", signingKey);
        admin.put("/people/" + id, body);
    }

    private void device(String id, String site, String profile, String name, Map<String, String> addresses, List<String> synthetic, String acceptFrom) {
        admin.put("/devices/" + id, Map.of("siteId", site, "profileId", profile, "name", name, "addresses", addresses, "syntheticChannels", synthetic, "acceptFrom", acceptFrom, "enabled", true));
    }

    private void source(String id, String site, String name, String method, Map<String, String> inputs, Map<String, String> parameters, String operator) {
        var refs = new java.util.HashMap<String, Object>();
        inputs.forEach((role, ref) -> refs.put(role, Map.of("deviceId", ref.split("/")[0], "channel", ref.split("/")[1])));
        admin.put("/sources/" + id, Map.of("siteId", site, "name", name, "ruleBook", "part75", "method", method, "inputs", refs, "parameters", parameters, "operatorId", operator));
    }
}
