package org.carbomt.platform.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;

/** What resources ask of the caller and of the values given. */
final class Callers {
    private Callers() {}

    static Person caller(SecurityContext security) {
        if (security.getUserPrincipal() instanceof DoorFilter.Known known) return known.person();
        throw new CarboException.Forbidden(new Problem("access.denied", "caller", "", "a person"));
    }

    /** A person acts for the own accounts only; the administrator for all. */
    static void mayActFor(SecurityContext security, String account) {
        var person = caller(security);
        if (!person.roles().contains(Role.ADMINISTRATOR) && !person.accounts().contains(account)) {
            throw new CarboException.Forbidden(new Problem("access.foreign-account", "account", account, "one of the caller's accounts"));
        }
    }

    /** An auditor sees all accounts; others those they act for. */
    static void maySee(SecurityContext security, String account) {
        if (!caller(security).roles().contains(Role.AUDITOR)) mayActFor(security, account);
    }

    static <T> T need(T value, String field) {
        if (value == null) throw new CarboException.Invalid(new Problem("field.missing", field, "", "a value"));
        return value;
    }

    static Instant instant(String text, String field) {
        try {
            return Instant.parse(need(text, field));
        } catch (DateTimeParseException e) {
            throw new CarboException.Invalid(new Problem("time.malformed", field, text, "UTC like 2020-03-01T05:00:00Z"));
        }
    }

    static long positive(Long value, String field) {
        if (need(value, field) <= 0) throw new CarboException.Invalid(new Problem("value.not-positive", field, String.valueOf(value), "a whole number above 0"));
        return value;
    }

    /** One of the words of that kind, upper case as the API writes them. */
    static <E extends Enum<E>> E word(Class<E> kind, String text, String field) {
        for (var word : kind.getEnumConstants()) if (word.name().equals(text)) return word;
        throw new CarboException.Invalid(new Problem("value.unknown", field, text, "one of " + List.of(kind.getEnumConstants())));
    }

    static int limit(int value, int most) {
        if (value < 1 || value > most) throw new CarboException.Invalid(new Problem("value.out-of-range", "limit", String.valueOf(value), "1 to " + most));
        return value;
    }

    static BigDecimal decimal(String text, String field) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new CarboException.Invalid(new Problem("number.malformed", field, text, "a decimal number"));
        }
    }
}
