package io.github.keycloakgigya.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that take so long that {@code mvn verify} leaves them to {@code mvn -Pfull verify}, and says so at its end. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FullBuild.class)
public @interface OnlyInFullBuild {}
