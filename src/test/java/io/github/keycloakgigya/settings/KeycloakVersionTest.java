package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.settings.SupportedServersOnly.KeycloakVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"22.0.5", "25.0.6", "26.0.8", "26.4.7", "26.4.11.redhat-00001", "26.4.0-SNAPSHOT"})
    void what_is_older_than_26_5_is_too_old(String version) {
        assertThat(new KeycloakVersion(version).isTooOld()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"26.5.0", "26.5.6", "26.7.3", "26.10.0", "26.6.2.redhat-00001", "27.0.0", "999.0.0-SNAPSHOT"})
    void what_is_newer_is_not(String version) {
        assertThat(new KeycloakVersion(version).isTooOld()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UNKNOWN", "our-own-build", "99999999999.1"})
    void a_version_that_says_nothing_keeps_nobody_out(String version) {
        assertThat(new KeycloakVersion(version).isTooOld()).isFalse();
    }

    @Test
    void the_version_that_the_extension_is_built_against_is_known() {
        assertThat(KeycloakVersion.ofServer().text()).matches("26\\.[0-9]+\\.[0-9]+.*");
    }
}
