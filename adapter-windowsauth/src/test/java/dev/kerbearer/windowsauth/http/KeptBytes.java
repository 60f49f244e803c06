package dev.kerbearer.windowsauth.http;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the bytes that an object keeps in all arrays reachable through the project's own classes. */
final class KeptBytes {

    private KeptBytes() {}

    static int of(Object kept) {
        return bytesOf(kept, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static int bytesOf(@Nullable Object kept, Set<Object> seen) {
        if (kept == null || !seen.add(kept)) {
            return 0;
        }
        if (kept instanceof byte[] bytes) {
            return bytes.length;
        }
        if (kept instanceof Optional<?> optional) {
            return bytesOf(optional.orElse(null), seen);
        }
        if (kept instanceof Iterable<?> several) {
            int sum = 0;
            for (Object one : several) {
                sum += bytesOf(one, seen);
            }
            return sum;
        }
        if (kept instanceof Map<?, ?> map) {
            return bytesOf(map.values(), seen);
        }
        return kept.getClass().getName().startsWith("dev.kerbearer") ? bytesOfFields(kept, seen) : 0;
    }

    private static int bytesOfFields(Object kept, Set<Object> seen) {
        int sum = 0;
        for (Field field : kept.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                try {
                    field.setAccessible(true);
                    sum += bytesOf(field.get(kept), seen);
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return sum;
    }
}
