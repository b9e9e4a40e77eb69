package org.carbomt.api.reading;

import java.util.Objects;

/**
 * One quantity that a device measures.
 *
 * @param name lower camel case, without the unit, e.g. {@code co2}, {@code stackFlow}, {@code heatInput}
 * @param unit the unit as written in the profile, UCUM where UCUM has it: {@code ppm}, {@code %}, {@code [scf]/h}, {@code [mmBtu]}, {@code MW}, {@code h}, {@code 1}
 * @param grade how far it may be trusted
 */
public record Channel(String name, String unit, Grade grade) {
    public Channel {
        Objects.requireNonNull(grade);
        if (name == null || !name.matches("[a-z][A-Za-z0-9]{0,63}")) throw new IllegalArgumentException("channel name: " + name + ", expected lower camel case of at most 64 letters and digits");
        if (unit == null || unit.isEmpty() || unit.length() > 32) throw new IllegalArgumentException("unit of " + name + ": " + unit);
    }

    public Channel withGrade(Grade other) {
        return new Channel(name, unit, other);
    }
}
