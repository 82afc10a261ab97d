package com.fuse.users.jobs;

import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rendered overlays of {@code jobs/}. */
final class Manifests {

    static final List<String> OVERLAYS = List.of("development", "production");
    /** Each is applied on its own. */
    static final List<String> PARTS = List.of("foundation", "", "migrate", "bulk");

    private static final Map<Path, List<Map<String, Object>>> RENDERED = new ConcurrentHashMap<>();

    private Manifests() {}

    /**
     * A pod of the program in an overlay.
     *
     * @param jobSpec how a Job or a CronJob creates the pod; null for the toolbox
     */
    record Workload(
            String overlay,
            String name,
            V1PodTemplateSpec template,
            @Nullable V1JobSpec jobSpec) {

        Workload(String overlay, String name, V1JobSpec job) {
            this(overlay, name, job.getTemplate(), job);
        }

        V1JobSpec job() {
            return Objects.requireNonNull(jobSpec);
        }

        V1PodSpec pod() {
            return template.getSpec();
        }

        V1Container container() {
            return pod().getContainers().get(0);
        }

        V1Volume volume(String volume) {
            return pod().getVolumes().stream()
                    .filter(candidate -> candidate.getName().equals(volume))
                    .findFirst()
                    .orElseThrow();
        }

        V1VolumeMount mount(String volume) {
            return container().getVolumeMounts().stream()
                    .filter(mount -> mount.getName().equals(volume))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return overlay + " " + name;
        }
    }

    /** By kubectl where there is one, else by reading the files. */
    static List<Map<String, Object>> render(Path folder) {
        return RENDERED.computeIfAbsent(folder, unseen -> kubectl()
                .map(kubectl -> Kustomization.documents(output(kubectl, "kustomize", folder.toString())))
                .orElseGet(() -> Kustomization.render(folder)));
    }

    static Optional<String> kubectl() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** The folders of all kustomizations that are given to a cluster. */
    static Stream<Path> folders() {
        return OVERLAYS.stream().flatMap(overlay -> PARTS.stream()
                .map(part -> Path.of("jobs", "overlays", overlay, part).normalize()));
    }

    /** All resources of an overlay. */
    static List<Map<String, Object>> resources(String overlay) {
        return PARTS.stream()
                .flatMap(part ->
                        render(Path.of("jobs", "overlays", overlay, part).normalize()).stream())
                .toList();
    }

    /** Those of one kind, as the API reads them. */
    static <T> List<T> resources(String overlay, String kind, Class<T> type) {
        return resources(overlay).stream()
                .filter(resource -> resource.get("kind").equals(kind))
                .map(resource -> JSON.getGson().fromJson(json(resource), type))
                .toList();
    }

    static Stream<Workload> workloads() {
        return OVERLAYS.stream().flatMap(Manifests::workloads);
    }

    static Stream<Workload> workloads(String overlay) {
        Stream<Workload> toolboxes = toolboxes(overlay).stream()
                .map(toolbox -> new Workload(
                        overlay,
                        toolbox.getMetadata().getName(),
                        toolbox.getSpec().getTemplate(),
                        null));
        return Stream.concat(jobs(overlay), toolboxes);
    }

    static Stream<Workload> jobs() {
        return OVERLAYS.stream().flatMap(Manifests::jobs);
    }

    private static Stream<Workload> jobs(String overlay) {
        Stream<Workload> cronJobs = cronJobs(overlay).stream()
                .map(cronJob -> new Workload(
                        overlay,
                        cronJob.getMetadata().getName(),
                        cronJob.getSpec().getJobTemplate().getSpec()));
        Stream<Workload> jobs = resources(overlay, "Job", V1Job.class).stream()
                .map(job -> new Workload(overlay, job.getMetadata().getName(), job.getSpec()));
        return Stream.concat(cronJobs, jobs);
    }

    /** Without the database of the development overlay, which is another program. */
    static List<V1Deployment> toolboxes(String overlay) {
        return resources(overlay, "Deployment", V1Deployment.class).stream()
                .filter(deployment -> deployment.getMetadata().getName().startsWith("fuse-users-"))
                .toList();
    }

    static List<V1CronJob> cronJobs(String overlay) {
        return resources(overlay, "CronJob", V1CronJob.class);
    }

    static JsonElement json(Map<String, Object> resource) {
        return JSON.getGson().toJsonTree(resource);
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " exited with " + process.exitValue());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
