package org.carbomt.platform.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The people of the container. At first start it makes the administrator, with a random access key in a file of mode 0600. */
@Component(service = Identity.class, immediate = true)
public final class IdentityComponent implements Identity {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityComponent.class);
    private final People people;

    @Activate
    public IdentityComponent(@Reference Store store) {
        people = new People(store.open("org.carbomt.platform.identity", IdentityComponent.class.getClassLoader(), "db/platform_identity.xml"), new SecureRandom());
        if (people.all().stream().noneMatch(p -> p.roles().contains(Role.ADMINISTRATOR))) {
            firstAdministrator(Path.of(System.getProperty("karaf.data", "data"), "carbomt", "first-start", "administrator.key"));
        }
    }

    private void firstAdministrator(Path file) {
        people.put(new Person("administrator", "Administrator", "registry", Set.of(Role.ADMINISTRATOR), Optional.empty(), Set.of()));
        try {
            Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, List.of("# The administrator's access key, made at first start. Keep it somewhere safe and delete this file;", "# 'carbomt:access-key administrator' in the container's shell makes another.", people.renewAccessKey("administrator")));
        } catch (IOException e) {
            throw new UncheckedIOException("the administrator's key could not be written", e);
        }
        LOG.info("first start: the administrator's access key is in {}", file);
    }

    @Override
    public Optional<Person> authenticate(String accessKey) {
        return people.authenticate(accessKey);
    }

    @Override
    public Optional<Person> find(String id) {
        return people.find(id);
    }

    @Override
    public List<Person> all() {
        return people.all();
    }

    @Override
    public void put(Person person) {
        people.put(person);
    }

    @Override
    public String renewAccessKey(String personId) {
        return people.renewAccessKey(personId);
    }

    @Override
    public void remove(String personId) {
        people.remove(personId);
    }
}
