package io.github.keycloakgigya.inmemory;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.ExceptionMethod;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Makes objects of abstract classes that write out only that part of one of Keycloak's interfaces which is needed. What is
 * called besides fails, so that no test passes by an answer that nobody thought of.
 */
final class Partly {

    private static final Map<Class<?>, Class<?>> COMPLETED = new ConcurrentHashMap<>();

    private Partly() {}

    static <T> T of(Class<T> type, Object... constructorArguments) {
        try {
            return type.cast(constructor(COMPLETED.computeIfAbsent(type, Partly::complete))
                    .newInstance(constructorArguments));
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Class<?> complete(Class<?> type) {
        return new ByteBuddy()
                .subclass(type)
                .method(ElementMatchers.isAbstract())
                .intercept(ExceptionMethod.throwing(UnsupportedOperationException.class, "not in memory"))
                .make()
                .load(type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                .getLoaded();
    }

    private static Constructor<?> constructor(Class<?> type) {
        var only = Stream.of(type.getDeclaredConstructors()).findFirst().orElseThrow();
        only.setAccessible(true);
        return only;
    }
}
