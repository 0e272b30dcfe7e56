package io.github.keycloakgigya.simulator;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random identifiers and secrets in the shapes that Gigya's have. */
enum RandomText {
    /** 32 hexadecimal digits, as UIDs and call ids have. */
    HEX_32 {
        @Override
        String next() {
            return HexFormat.of().formatHex(bytes(16));
        }
    },
    /** {@code 3_} and 64 characters. */
    API_KEY {
        @Override
        String next() {
            return "3_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(48));
        }
    },
    /** An application's key: {@code A} and eleven characters. */
    USER_KEY {
        @Override
        String next() {
            return ("A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(9))).substring(0, 12);
        }
    },
    /** Base64 of 32 bytes. */
    SECRET {
        @Override
        String next() {
            return Base64.getEncoder().encodeToString(bytes(32));
        }
    },
    /** A login or registration token: {@code st2.s.} and a text that says nothing. */
    TOKEN {
        @Override
        String next() {
            return "st2.s." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)) + ".sc3";
        }
    };

    private static final SecureRandom RANDOM = new SecureRandom();

    abstract String next();

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
