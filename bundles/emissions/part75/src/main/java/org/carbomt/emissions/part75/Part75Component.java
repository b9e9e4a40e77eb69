package org.carbomt.emissions.part75;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.RuleBook;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The rule book as a service, under the version of its bundle. */
@Component(service = RuleBook.class, property = "ruleBook=part75")
public final class Part75Component implements RuleBook {
    private final Part75RuleBook rules;

    @Activate
    public Part75Component(BundleContext context) {
        rules = new Part75RuleBook(context.getBundle().getVersion().toString());
    }

    @Override
    public String id() {
        return rules.id();
    }

    @Override
    public String version() {
        return rules.version();
    }

    @Override
    public Map<String, Set<String>> methods() {
        return rules.methods();
    }

    @Override
    public Map<String, BigDecimal> parameters() {
        return rules.parameters();
    }

    @Override
    public HourResult compute(HourInput hour) {
        return rules.compute(hour);
    }
}
