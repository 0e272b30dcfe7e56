package io.github.keycloakgigya.api.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakgigya.api.leaving.StoredPassword.HashAlgorithm;
import io.github.keycloakgigya.api.leaving.StoredPassword.Hashed;
import io.github.keycloakgigya.api.leaving.StoredPassword.Unsupported;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordReaderTest {

    private static final String MD5_OF_TEST1234 = "Ftek/KdELdo62TyacmWX5A==";

    @ParameterizedTest
    @CsvSource({"pbkdf2, PBKDF2, 16", "pbkdf2_sha256, PBKDF2_SHA256, 32", "pbkdf2_sha512, PBKDF2_SHA512, 20"})
    void gigyas_own_algorithms_are_read_with_the_length_of_the_hash(String name, HashAlgorithm by, int bytes)
            throws Exception {
        var hash = Base64.getEncoder().encodeToString(new byte[bytes]);

        assertThat(read("{'hash':'%s','hashSettings':{'algorithm':'%s','rounds':3000,'salt':'c2FsdA=='}}"
                        .formatted(hash, name)))
                .contains(new Hashed(by, 3000, "c2FsdA==", hash, "$password"));
    }

    @Test
    void base64_without_padding_becomes_canonical() throws Exception {
        var read = read("{'hash':'Ftek/KdELdo62TyacmWX5A','hashSettings':{'algorithm':'pbkdf2','salt':'c2FsdA'}}");

        assertThat(read).contains(new Hashed(HashAlgorithm.PBKDF2, 1, "c2FsdA==", MD5_OF_TEST1234, "$password"));
    }

    @Test
    void a_digest_is_read_with_what_it_hashes() throws Exception {
        assertThat(read("{'hash':'%s','hashSettings':{'algorithm':'md5'}}".formatted(MD5_OF_TEST1234)))
                .contains(new Hashed(HashAlgorithm.MD5, 1, "", MD5_OF_TEST1234, "$password"));
        assertThat(read(
                        "{'hash':'%s','hashSettings':{'algorithm':'md5','rounds':1,'salt':'salt','format':'wikipedia$salt$password'}}"
                                .formatted(MD5_OF_TEST1234)))
                .contains(new Hashed(HashAlgorithm.MD5, 1, "c2FsdA==", MD5_OF_TEST1234, "wikipedia$salt$password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'compoundHashedPassword':'%s'",
                "'hash':'%s','hashSettings':{'algorithm':'bcrypt'}",
                "'hash':'fZgDCxgjh9jixdtAbl+uHAQSsTYx9JY=','hashSettings':{'algorithm':'bcrypt','rounds':1024,"
                        + "'salt':'NrJOgmIoauWXKvAp3qUFnw=='}"
            })
    void bcrypt_is_read_however_it_is_told(String members) throws Exception {
        var compound = "$2a$10$LpHMekGmYsUVIt.n1oSDludXeBAvehf7hgvbr.Zj8sF.OQqRWv7HW";

        var read = read("{" + members.formatted(compound) + "}").orElseThrow();

        assertThat(read)
                .isEqualTo(new Hashed(
                        HashAlgorithm.BCRYPT,
                        1024,
                        "NrJOgmIoauWXKvAp3qUFnw==",
                        "fZgDCxgjh9jixdtAbl+uHAQSsTYx9JY=",
                        "$password"));
    }

    @ParameterizedTest
    @CsvSource({
        "pbkdf2, 20, 1000000, true",
        "pbkdf2, 21, 500000, true",
        "pbkdf2, 21, 500001, false",
        "pbkdf2, 64, 250000, true",
        "pbkdf2, 64, 250001, false",
        "pbkdf2_sha256, 32, 1000000, true",
        "pbkdf2_sha256, 64, 500001, false",
        "pbkdf2_sha512, 64, 1000000, true",
        "bcrypt, 23, 16384, true",
        "bcrypt, 23, 32768, false"
    })
    void a_try_costs_a_node_no_more_than_a_million_rounds_of_all_blocks(
            String name, int bytes, int rounds, boolean usable) throws Exception {
        var read = read("{'hash':'%s','hashSettings':{'algorithm':'%s','rounds':%s,'salt':'NrJOgqIoauWXKvKp3qUFnw=='}}"
                .formatted(Base64.getEncoder().encodeToString(new byte[bytes]), name, rounds));

        assertThat(read.orElseThrow() instanceof Hashed).isEqualTo(usable);
    }

    @ParameterizedTest
    @CsvSource({"03, false", "04, true", "14, true", "15, false"})
    void the_cost_of_a_compound_hash_is_bounded_too(String cost, boolean usable) throws Exception {
        var read = read("{'compoundHashedPassword':'$2a$%s$LpHMekGmYsUVIt.n1oSDludXeBAvehf7hgvbr.Zj8sF.OQqRWv7HW'}"
                .formatted(cost));

        assertThat(read.orElseThrow() instanceof Hashed).isEqualTo(usable);
    }

    // Whatever is stored would have to let its owner in, and nobody else, in reasonable time.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'algorithm':'pbkdf2','salt':'c2FsdA==','rounds':1000001",
                "'algorithm':'pbkdf2','salt':'c2FsdA==','rounds':0",
                "'algorithm':'pbkdf2','salt':'c2FsdA==','rounds':-1",
                "'algorithm':'pbkdf2','salt':'c2FsdA==','rounds':'3000'",
                "'algorithm':'pbkdf2','salt':'c2FsdA==','rounds':99999999999999",
                "'algorithm':'pbkdf2','salt':'c2FsdA==','rounds':1.5",
                "'algorithm':'pbkdf2','salt':''",
                "'algorithm':'pbkdf2'",
                "'algorithm':'pbkdf2','salt':'no base64!'",
                "'algorithm':'pbkdf2','salt':['c2FsdA==']",
                "'algorithm':'pbkdf2','salt':'c2FsdA==','format':'$salt$password'",
                "'algorithm':'bcrypt','salt':'NrJOgqIoauWXKvKp3qUFnw==','rounds':1000",
                "'algorithm':'bcrypt','salt':'NrJOgqIoauWXKvKp3qUFnw==','rounds':32768",
                "'algorithm':'bcrypt','salt':'c2FsdA==','rounds':1024",
                "'algorithm':'md5','rounds':2",
                "'algorithm':'md5','salt':'salt'",
                "'algorithm':'md5','format':'$salt'",
                "'algorithm':'md5','format':'$salt$password'",
                "'algorithm':'md5','format':'$password$pepper'",
                "'algorithm':'md5','format':'$password$password'",
                "'algorithm':'md5','format':{}",
                "'algorithm':'md5','binaryFormat':'$password:utf16'",
                "'algorithm':'md5','URL':'https://shop.example/hash'",
                "'algorithm':'sha1'",
                "'algorithm':'drupal'",
                "'algorithm':'custom','URL':'https://shop.example/hash'"
            })
    void what_is_not_exactly_as_documented_is_unsupported(String settings) throws Exception {
        assertThat(read("{'hash':'%s','hashSettings':{%s}}".formatted(MD5_OF_TEST1234, settings)))
                .hasValueSatisfying(password -> assertThat(password).isInstanceOf(Unsupported.class));
    }

    @Test
    void a_hash_that_is_too_short_or_too_long_is_unsupported() throws Exception {
        for (var bytes : new int[] {0, 1, 15, 65, 4096}) {
            var hash = Base64.getEncoder().encodeToString(new byte[bytes]);
            assertThat(read("{'hash':'%s','hashSettings':{'algorithm':'pbkdf2','salt':'c2FsdA=='}}".formatted(hash)))
                    .contains(new Unsupported("pbkdf2"));
        }
    }

    @Test
    void a_salt_that_is_too_long_is_unsupported() throws Exception {
        var salt = Base64.getEncoder().encodeToString(new byte[129]);

        assertThat(read("{'hash':'%s','hashSettings':{'algorithm':'pbkdf2','salt':'%s'}}"
                        .formatted(MD5_OF_TEST1234, salt)))
                .contains(new Unsupported("pbkdf2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2x$10$LpHMekGmYsUVIt.n1oSDludXeBAvehf7hgvbr.Zj8sF.OQqRWv7HW",
                "$2a$31$LpHMekGmYsUVIt.n1oSDludXeBAvehf7hgvbr.Zj8sF.OQqRWv7HW",
                "$2a$10$LpHMekGmYsUVIt.n1oSDludXeBAvehf7hgvbr.Zj8sF",
                "$1$salt$hash"
            })
    void another_compound_hash_is_unsupported(String compound) throws Exception {
        assertThat(read("{'compoundHashedPassword':'%s'}".formatted(compound))).contains(new Unsupported("compound"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'<script>'", "'Ann Bee'", "42", "null", "''"})
    void what_is_no_name_of_an_algorithm_is_told_to_nobody(String algorithm) throws Exception {
        assertThat(read("{'hash':'%s','hashSettings':{'algorithm':%s}}".formatted(MD5_OF_TEST1234, algorithm)))
                .contains(new Unsupported("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{'created':'2020-05-25T11:40:22.353Z'}", "'text'", "[]", "{'hash':''}"})
    void no_password_is_read_where_none_is_told(String password) throws Exception {
        assertThat(read(password)).isEmpty();
    }

    @Test
    void no_text_shows_the_hash() throws Exception {
        var read = read("{'hash':'%s','hashSettings':{'algorithm':'md5','salt':'saltsalt','format':'$salt$password'}}"
                .formatted(MD5_OF_TEST1234));

        assertThat(read.orElseThrow()).hasToString("Hashed[md5]");
    }

    private static Optional<StoredPassword> read(String json) throws Exception {
        return PasswordReader.read(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
