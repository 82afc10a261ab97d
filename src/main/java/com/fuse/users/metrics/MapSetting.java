package com.fuse.users.metrics;

import java.util.Map;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** A setting with names of the operator's own below it. */
final class MapSetting {

    private MapSetting() {}

    /** Empty if it is not given. */
    static Map<String, String> of(Environment settings, String name) {
        BindResult<Map<String, String>> given =
                Binder.get(settings).bind(name, Bindable.mapOf(String.class, String.class));
        return given.isBound() ? given.get() : Map.of();
    }
}
