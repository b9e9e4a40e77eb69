package org.carbomt.platform.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private RelationalStore store;
    private People people;

    @BeforeEach
    void open() {
        store = RelationalStore.forTest("people");
        people = reopened();
        people.put(new Person("v.ortiz", "V. Ortiz", "green-check", Set.of(Role.VERIFIER), Optional.of("MFkw"), Set.of("a", "b")));
    }

    private People reopened() {
        return new People(store.open("org.carbomt.platform.identity", getClass().getClassLoader(), "db/platform_identity.xml"), new SecureRandom());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void knowsAPersonByTheNewestKeyOnly() {
        var first = people.renewAccessKey("v.ortiz");
        var second = people.renewAccessKey("v.ortiz");
        assertTrue(people.authenticate(first).isEmpty());
        assertEquals("v.ortiz", people.authenticate(second).orElseThrow().id());
        assertEquals("v.ortiz", reopened().authenticate(second).orElseThrow().id());
        people.remove("v.ortiz");
        assertTrue(people.authenticate(second).isEmpty());
    }

    @Test
    void refusesWhatIsNoKey() {
        for (var wrong : new String[] {null, "", "cmt_", "x".repeat(10_000)}) assertTrue(people.authenticate(wrong).isEmpty());
        assertThrows(CarboException.NotFound.class, () -> people.renewAccessKey("nobody"));
    }

    @Test
    void keepsAPersonAsItWasPut() {
        var person = people.find("v.ortiz").orElseThrow();
        assertEquals(person, reopened().find("v.ortiz").orElseThrow());
        var key = people.renewAccessKey("v.ortiz");
        people.put(new Person("v.ortiz", "V. Ortiz", "green-check", Set.of(Role.AUDITOR), Optional.empty(), Set.of()));
        assertEquals(Set.of(Role.AUDITOR), people.authenticate(key).orElseThrow().roles());
    }
}
