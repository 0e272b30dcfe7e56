package io.github.keycloakgigya.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.agreement.DHStandardGroups;

/** RSA keys of 2,048 bits out of primes that stand here: to look for primes takes as long as a hundred tests. */
public final class KnownRsaKeys {

    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final List<KeyPair> ALL = all("""
            021f9s1RQgVn8xfYw3yzbsWu2epPB8xRxJpIT0u7WJWYF1ab_FrauAeLOoy125Gf_HKC0ED_CowMNWq9UgrfPdfYQ8o6XTMbqmF-x3uj45Zj\
            sI_OQCvyAgb0VNjxCSSicwrd3WTYCsHKeS8RGHqpXHAQBygz1-KRpNOgd4yEJok
            zPaO0LNi4iZWi8HHfQ5GjexGOm_orQUnFxNPu2xmuNa7YbfA3S-yDgp0cGAmL9GLWODi0Y--9lWR6Gw5eWaRFC9-sNRoM-m9CIyB1StCPvMv\
            HzhwEmGMjzwxRh2v7pmmeMws5HjE6InMBnWRzMxZDkloTRWiqiDE8oVMY1XGqbE
            5tzDwbiuDGWCaSdUD362RAgKdSDn9Z4Ivf-4R8Z-AngbUXxPVnnlpjuZFTxrZfZrlPAVbn5T__jGxA7vcTYJjqB2OWCS0eIZLA0KaAfQ_EQX\
            rU51PD7zhdPbchKe5CPdiBz7z0oPe3XbKQ4Par1w0gJ2T5dTD-do9tlFhYEQok8
            xXegOx7x5nf6hC4S9HJl_V1kHcPaRWb5O6qj79Ch1cQ0yAFePw6uiUQE9o2wu9dhl3J1QmHYS5iykYZWbL-gWz_MYnw5joEDi_41qiy8FnBS\
            8a6j6JTAdF3CqdOM8BdmjJfV04HPbgFEi_HA2ewcTnG7he0Mua42CxDzWQN2Tys
            wEplsu6xcjbgzTxPE8BYJ7Q6TuQyTNRLnq2eZ0n4-eAyJDsPihrKfFBKPDAchhTFLHQoVXYa7Zg-dBVOL_AnG_qXCV9lH75OTp5zeQOBTBGm\
            QvRlgOpuf_-BRf2_Ul_1aLIfScC83NNwbTI5rU3gX1_Mx5pnvFxlCVHNxZSbmTk
            1WkZHLnHEtbzYKcw_iyrERWqp9bOc496w3j6Sw_68ydRqo2m3ZJXcnUJapajdS15EJ7TcTHYdkWMe3yQv2lHqKlBL6d40_mU0zLW1ASlOy6y\
            I5nW3qlnC6K9IrYZRUIIFkING8Zp1qr5pNRVOWG4-IbSCgl2ZJ21ODAWl0HWs0E
            """);

    private KnownRsaKeys() {}

    /**
     * {@return one of 15 keys, which all differ}
     *
     * @param number from 0 to 14
     */
    public static KeyPair number(int number) {
        return ALL.get(number);
    }

    /** {@return a longer key, out of the primes of two groups that everybody knows} */
    public static KeyPair of4096Bits() {
        return of(DHStandardGroups.rfc3526_2048.getP(), DHStandardGroups.rfc7919_ffdhe2048.getP());
    }

    private static List<KeyPair> all(String texts) {
        var primes = texts.lines()
                .map(text -> new BigInteger(1, Base64.getUrlDecoder().decode(text)))
                .toList();
        var keys = new ArrayList<KeyPair>();
        for (int i = 0; i < primes.size(); i++) {
            for (int j = 0; j < i; j++) {
                keys.add(of(primes.get(i), primes.get(j)));
            }
        }
        return keys;
    }

    private static KeyPair of(BigInteger p, BigInteger q) {
        var modulus = p.multiply(q);
        var belowP = p.subtract(BigInteger.ONE);
        var belowQ = q.subtract(BigInteger.ONE);
        var d = EXPONENT.modInverse(belowP.multiply(belowQ));
        try {
            var factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                    factory.generatePrivate(new RSAPrivateCrtKeySpec(
                            modulus, EXPONENT, d, p, q, d.mod(belowP), d.mod(belowQ), q.modInverse(p))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
