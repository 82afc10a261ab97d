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

    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "resources",
            "components",
            "configMapGenerator",
            "patches",
            "namespace",
            "labels",
            "commonAnnotations",
            "images");
    private static final List<String> KEYS_OF_LISTS = List.of("name", "mountPath");
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace");
    /** Where a kind has the metadata of what it creates. */
    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "Job", List.of("/spec/template"),
            "Deployment", List.of("/spec/template"),
            "CronJob", List.of("/spec/jobTemplate", "/spec/jobTemplate/spec/template"));

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
        list(kustomization, "configMapGenerator")
                .forEach(generator -> resources.add(configMap(folder, asMap(generator))));
        list(kustomization, "components")
                .forEach(component -> apply(folder.resolve((String) component).normalize(), resources));
        list(kustomization, "patches").forEach(patch -> patch(folder, asMap(patch), resources));
        if (kustomization.get("namespace") instanceof String namespace) {
            resources.forEach(resource -> move(resource, namespace));
        }
        list(kustomization, "labels").forEach(labels -> resources.forEach(resource -> label(resource, asMap(labels))));
        Map<String, Object> annotations = asMap(kustomization.getOrDefault("commonAnnotations", Map.of()));
        resources.forEach(resource -> putAll(resource, "annotations", annotations));
        list(kustomization, "images").forEach(image -> resources.forEach(resource -> rename(resource, asMap(image))));
    }

    private static Map<String, Object> configMap(Path folder, Map<String, Object> generator) {
        Map<String, Object> options = asMap(generator.get("options"));
        if (!Boolean.TRUE.equals(options.get("disableNameSuffixHash"))) {
            throw new IllegalStateException("names with the hash of the content are not known: " + generator);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        list(generator, "files").forEach(file -> data.put((String) file, text(folder.resolve((String) file))));
        Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", generator.get("name")));
        metadata.put("labels", new LinkedHashMap<>(asMap(options.getOrDefault("labels", Map.of()))));
        return new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "data", data));
    }

    private static void patch(Path folder, Map<String, Object> patch, List<Map<String, Object>> resources) {
        Map<String, Object> target = asMap(patch.getOrDefault("target", Map.of()));
        if (patch.get("path") instanceof String path) {
            Map<String, Object> change = read(folder.resolve(path));
            Map<String, Object> own = Map.of(
                    "kind",
                    change.get("kind"),
                    "name",
                    asMap(change.get("metadata")).get("name"));
            resources.stream()
                    .filter(resource -> matches(resource, target.isEmpty() ? own : target))
                    .forEach(resource -> {
                        Map<String, Object> identity = new LinkedHashMap<>(resource);
                        identity.keySet().retainAll(List.of("apiVersion", "kind", "metadata"));
                        merge(resource, change);
                        resource.putAll(identity);
                    });
            return;
        }
        for (Object operation : asList(new Yaml().load((String) patch.get("patch")))) {
            resources.stream()
                    .filter(resource -> matches(resource, target))
                    .forEach(resource -> add(resource, asMap(operation)));
        }
    }

    /** The target has regular expressions. */
    private static boolean matches(Map<String, Object> resource, Map<String, Object> target) {
        String name = (String) asMap(resource.get("metadata")).get("name");
        return ((String) resource.get("kind")).matches((String) target.get("kind"))
                && name.matches((String) target.getOrDefault("name", ".*"));
    }

    private static void add(Map<String, Object> resource, Map<String, Object> operation) {
        if (!operation.get("op").equals("add")) {
            throw new IllegalStateException("no other operation than add is known: " + operation);
        }
        String[] steps = ((String) operation.get("path")).substring(1).split("/");
        at(resource, List.of(steps).subList(0, steps.length - 1)).put(steps[steps.length - 1], operation.get("value"));
    }

    private static Map<String, Object> at(Map<String, Object> resource, List<String> steps) {
        Map<String, Object> at = resource;
        for (String step : steps) {
            at = asMap(at.get(step));
        }
        return at;
    }

    private static void label(Map<String, Object> resource, Map<String, Object> labels) {
        Map<String, Object> pairs = asMap(labels.get("pairs"));
        putAll(resource, "labels", pairs);
        if (Boolean.TRUE.equals(labels.get("includeTemplates"))) {
            for (String template : TEMPLATES.getOrDefault((String) resource.get("kind"), List.of())) {
                putAll(at(resource, List.of(template.substring(1).split("/"))), "labels", pairs);
            }
        }
    }

    /** Adds labels or annotations to the metadata of a resource or of a template. */
    private static void putAll(Map<String, Object> resource, String field, Map<String, Object> pairs) {
        if (!pairs.isEmpty()) {
            Map<String, Object> metadata = asMap(resource.computeIfAbsent("metadata", key -> new LinkedHashMap<>()));
            asMap(metadata.computeIfAbsent(field, key -> new LinkedHashMap<>())).putAll(pairs);
        }
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

    /** Merges a patch like kustomize: null removes a field. */
    static void merge(Map<String, Object> into, Map<String, @Nullable Object> change) {
        change.forEach((key, value) -> {
            if (value == null) {
                into.remove(key);
            } else {
                into.merge(key, value, Kustomization::merged);
            }
        });
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
        return documents(text(file)).get(0);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
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
