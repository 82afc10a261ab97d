package com.fuse.users.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Renders a folder like kustomize, for a machine without kubectl. It supports only the features that {@code jobs/} uses
 * and refuses all others.
 */
final class Kustomization {

    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "resources", "components", "patches", "namespace", "images");
    private static final List<String> KEYS_OF_LISTS = List.of("name", "mountPath");
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace");

    private Kustomization() {}

    /** The resources that the folder's kustomization stands for. */
    static List<Map<String, Object>> render(Path folder) {
        List<Map<String, Object>> resources = new ArrayList<>();
        apply(folder, resources);
        return resources;
    }

    /** The documents of a YAML file or of kubectl's output. */
    static List<Map<String, Object>> documents(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(yaml)
                .forEach(document -> documents.add(asMap(Objects.requireNonNull(document))));
        return documents;
    }

    private static void apply(Path folder, List<Map<String, Object>> resources) {
        Map<String, Object> kustomization = read(folder.resolve("kustomization.yaml"));
        if (!KNOWN.containsAll(kustomization.keySet())) {
            throw new IllegalStateException(
                    folder + " uses more of kustomize than this knows: " + kustomization.keySet());
        }
        for (Object resource : list(kustomization, "resources")) {
            Path path = folder.resolve((String) resource).normalize();
            if (Files.isDirectory(path)) {
                resources.addAll(render(path));
            } else {
                resources.add(read(path));
            }
        }
        list(kustomization, "components")
                .forEach(component -> apply(folder.resolve((String) component).normalize(), resources));
        list(kustomization, "patches").forEach(patch -> patch(folder, asMap(patch), resources));
        if (kustomization.get("namespace") instanceof String namespace) {
            resources.forEach(resource -> move(resource, namespace));
        }
        list(kustomization, "images").forEach(image -> resources.forEach(resource -> rename(resource, asMap(image))));
    }

    private static void patch(Path folder, Map<String, Object> patch, List<Map<String, Object>> resources) {
        if (patch.get("path") instanceof String path) {
            Map<String, Object> change = read(folder.resolve(path));
            Object name = patch.containsKey("target")
                    ? null
                    : asMap(change.get("metadata")).get("name");
            resources.stream()
                    .filter(resource -> change.get("kind").equals(resource.get("kind")))
                    .filter(resource -> name == null
                            || name.equals(asMap(resource.get("metadata")).get("name")))
                    .forEach(resource -> {
                        Object metadata = resource.get("metadata");
                        merge(resource, change);
                        resource.put("metadata", metadata);
                    });
            return;
        }
        Object kind = asMap(patch.get("target")).get("kind");
        for (Object operation : asList(new Yaml().load((String) patch.get("patch")))) {
            resources.stream()
                    .filter(resource -> kind.equals(resource.get("kind")))
                    .forEach(resource -> add(resource, asMap(operation)));
        }
    }

    private static void add(Map<String, Object> resource, Map<String, Object> operation) {
        if (!operation.get("op").equals("add")) {
            throw new IllegalStateException("no other operation than add is known: " + operation);
        }
        String[] steps = ((String) operation.get("path")).substring(1).split("/");
        Map<String, Object> at = resource;
        for (int i = 0; i < steps.length - 1; i++) {
            at = asMap(at.get(steps[i]));
        }
        at.put(steps[steps.length - 1], operation.get("value"));
    }

    private static void move(Map<String, Object> resource, String namespace) {
        boolean isOfNone = WITHOUT_NAMESPACE.contains((String) resource.get("kind"));
        asMap(resource.get("metadata")).put(isOfNone ? "name" : "namespace", namespace);
    }

    private static void rename(Object node, Map<String, Object> image) {
        if (node instanceof List<?> list) {
            list.forEach(element -> rename(element, image));
        } else if (node instanceof Map<?, ?>) {
            Map<String, Object> map = asMap(node);
            map.values().forEach(value -> rename(value, image));
            map.computeIfPresent(
                    "image",
                    (key, name) ->
                            name.equals(image.get("name")) ? image.get("newName") + ":" + image.get("newTag") : name);
        }
    }

    private static void merge(Map<String, Object> into, Map<String, Object> change) {
        change.forEach((key, value) -> into.merge(key, value, Kustomization::merged));
    }

    private static Object merged(Object before, Object change) {
        if (before instanceof Map && change instanceof Map) {
            Map<String, Object> both = new LinkedHashMap<>(asMap(before));
            merge(both, asMap(change));
            return both;
        }
        if (before instanceof List && change instanceof List && keyOf(asList(change)) != null) {
            String key = Objects.requireNonNull(keyOf(asList(change)));
            Map<Object, Object> byKey = new LinkedHashMap<>();
            asList(before).forEach(element -> byKey.put(asMap(element).get(key), element));
            asList(change).forEach(element -> byKey.merge(asMap(element).get(key), element, Kustomization::merged));
            return new ArrayList<>(byKey.values());
        }
        return change;
    }

    /** By what the elements of a list are told apart; a mount's name is its volume's, which may be mounted twice. */
    private static @Nullable String keyOf(List<Object> elements) {
        return elements.get(0) instanceof Map<?, ?> first
                ? KEYS_OF_LISTS.stream()
                        .filter(first::containsKey)
                        .reduce((name, mountPath) -> mountPath)
                        .orElse(null)
                : null;
    }

    private static Map<String, Object> read(Path file) {
        try {
            return documents(Files.readString(file)).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Object> list(Map<String, Object> map, String key) {
        return asList(map.getOrDefault(key, List.of()));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> asList(Object node) {
        return (List<Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }
}
