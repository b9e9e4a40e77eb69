package org.carbomt.credits.registry;

import java.util.LinkedHashMap;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.credit.Project;
import org.carbomt.api.credit.Retirement;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;

/** The certificate of a retirement: one HTML page without scripts or outside parts, readable on a phone, fit for print. Everything from outside is escaped. */
final class Certificate {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Retirement certificate %1$s</title>
            <style>
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
            header{border-bottom:3px solid #2b8a3e;padding-bottom:.5rem}
            h1{font-size:1.3rem;margin:0}
            .tonnes{font-size:2.4rem;font-weight:650;margin:1.2rem 0 .2rem}
            dl{display:grid;grid-template-columns:minmax(8rem,12rem) 1fr;gap:.45rem 1rem}
            dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
            footer{margin-top:2rem;font-size:.85rem;opacity:.75}
            @media(max-width:36rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.6rem}}
            @media print{body{margin:0;max-width:none}}
            </style></head><body>
            <header><h1>Certificate of retirement</h1><div>CARBO MT registry</div></header>
            <p class="tonnes">%2$s t CO<sub>2</sub></p>
            <p>retired for ever on behalf of <strong>%3$s</strong></p>
            <dl>%4$s</dl>
            <footer>The proof file of this retirement leads from these serials back to the journal entries of the sensors. Check it offline: java -jar carbomt-proof.jar FILE</footer>
            </body></html>
            """;

    private Certificate() {}

    static String html(Retirement r, CreditBatch issuance, Project project, String holder, EffectState effect, Ledger.Network network) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Certificate", r.id());
        facts.put("Serial numbers", r.serial().orElseThrow().toString());
        facts.put("Retired by", holder);
        if (!r.reason().isBlank()) facts.put("Reason", r.reason());
        facts.put("Retired at", effect.updatedAt().toString());
        facts.put("Project", project.id() + ", " + project.name() + " (" + project.country() + ")");
        facts.put("Earned by", issuance.from() + " to " + issuance.to() + ", source " + project.sourceId());
        facts.put("Methodology", project.methodology());
        facts.put("Batch of hours", issuance.hourBatchId());
        facts.put("Chain", network.chainId() + ", contract " + network.contracts().getOrDefault("credits", ""));
        facts.put("Transaction", r.transaction().orElse("") + effect.block().map(b -> " in block " + b).orElse(""));
        var list = new StringBuilder();
        facts.forEach((name, value) -> list.append("<dt>").append(escaped(name)).append("</dt><dd>").append(escaped(value)).append("</dd>"));
        return PAGE.formatted(escaped(r.id()), "%,d".formatted(r.tonnes()), escaped(r.beneficiary()), list);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
