package io.github.keycloakgigya.it.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A directory of secrets as Kubernetes mounts one: each file is a link into a directory that is replaced in one go when
 * a secret changes.
 */
final class MountedSecret {

    private static final String CURRENT = "..data";

    private final Path mount;
    private int version;

    /** @param mount where it is mounted; an empty directory */
    MountedSecret(Path mount) {
        this.mount = mount;
    }

    /** Replaces what the secret holds by one file. */
    void hold(String name, String content) throws IOException {
        version++;
        var data = Files.createDirectory(mount.resolve("..version_" + version));
        Files.writeString(data.resolve(name), content);
        var next = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
        Files.move(next, mount.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        var file = mount.resolve(name);
        if (!Files.isSymbolicLink(file)) {
            Files.createSymbolicLink(file, Path.of(CURRENT, name));
        }
    }
}
