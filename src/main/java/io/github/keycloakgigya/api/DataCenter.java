package io.github.keycloakgigya.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A data center that Gigya runs, and the API domain that serves the sites in it.
 *
 * @see <a href="https://help.sap.com/docs/SAP_CUSTOMER_DATA_CLOUD">SAP Customer Data Cloud, "Finding Your Data
 *     Center"</a>
 */
public enum DataCenter {
    /** United States. */
    US1("us1.gigya.com"),
    /** Europe. */
    EU1("eu1.gigya.com"),
    /** Europe, on a second platform. */
    EU2("eu2.gigya.com"),
    /** Australia. */
    AU1("au1.gigya.com"),
    /** Russia. */
    RU1("ru1.gigya.com"),
    /** China, the only one outside {@code gigya.com}. */
    CN1("cn1.sapcdm.cn"),
    /** Global Access site groups. */
    GLOBAL("global.gigya.com");

    private final String apiDomain;

    DataCenter(String apiDomain) {
        this.apiDomain = apiDomain;
    }

    /** {@return the value of the setting {@code dataCenter}, such as {@code us1}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the domain below which this data center's hosts live, such as {@code us1.gigya.com}} */
    public String apiDomain() {
        return apiDomain;
    }

    /**
     * Finds a data center by the value of the setting {@code dataCenter}.
     *
     * @param id such as {@code us1}; not null
     * @return empty where there is none of that id
     */
    public static Optional<DataCenter> ofId(String id) {
        return Arrays.stream(values())
                .filter(dataCenter -> dataCenter.id().equals(id))
                .findFirst();
    }

    /**
     * Finds a data center by its API domain.
     *
     * @param apiDomain such as {@code us1.gigya.com}; not null
     * @return empty where there is none of that domain
     */
    public static Optional<DataCenter> ofApiDomain(String apiDomain) {
        return Arrays.stream(values())
                .filter(dataCenter -> dataCenter.apiDomain().equals(apiDomain))
                .findFirst();
    }
}
