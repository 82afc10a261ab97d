# The JDK 17 that builds the program, because the tests run on it, and the JRE that runs the program. To use a mirror or
# a digest, set the ARG.
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=docker.io/library/eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main src/main
# The build in the checkout runs the tests and checks the format; the build of the image does not. It also leaves out the
# manual and the list of classes: the image needs no manual, and its class cache comes from the training below.
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -Dexec.skip=true -Dasciidoctor.skip=true \
        package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/demo/lib \
    && mv target/classes target/demo/classes

FROM ${RUNTIME_IMAGE} AS application
COPY --from=build /build/target/fuse-users /opt/fuse-users
# Half of the container's memory is heap: 256 MiB of 512 MiB, which is enough for any input. The other half is for
# classes, compiled code, threads and buffers.
RUN echo '-XX:MaxRAMPercentage=50' >> /opt/fuse-users/lib/java.options \
    && ln -s /opt/fuse-users/bin/fuse-users /usr/local/bin/fuse-users
# Logs as JSON, for a log collector; an empty value gives text, as on a terminal. It is set before the training, so that
# the class cache contains the classes that it needs.
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs

# The class cache, from a real run on the demo database. It contains every class that the run loads, including the
# driver, the reports and the push of metrics, although no Pushgateway accepts them here.
FROM application AS training
COPY --from=build /build/target/demo /demo
COPY input /demo/input
# PostgreSQL does not start as root, nor as a user without a name.
RUN echo 'training:x:10001:10001::/tmp:/usr/sbin/nologin' >> /etc/passwd
USER 10001:10001
WORKDIR /tmp
RUN MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ENABLED=true FUSE_USERS_OPTS=-XX:AOTCacheOutput=/tmp/fuse-users.aot \
    java -cp '/demo/classes:/demo/lib/*' com.fuse.users.demo.DemoSession \
    fuse-users deactivate --yes --accept-skips /demo/input/users.csv

FROM application
COPY --from=training /tmp/fuse-users.aot /opt/fuse-users/lib/
# Java 25's cache replaces the class archive that other installations use.
RUN echo '-XX:AOTCache=/opt/fuse-users/lib/fuse-users.aot' >> /opt/fuse-users/lib/java.options
# Numeric, so that Kubernetes can see that the user is not root.
USER 10001:10001
# The program writes only here: temporary files, and reports unless --report-dir names another folder.
WORKDIR /tmp
# When the program runs, the JVM ignores a cache that does not fit, with a warning. Here such a cache ends the build:
# AOTMode=on refuses it, and classes of the program and of its libraries must come from it.
RUN loaded="$(FUSE_USERS_OPTS='-XX:AOTMode=on -Xlog:class+load' fuse-users --version)" || { echo "$loaded"; exit 1; }; \
    for class in com.fuse.users.FuseUsersApplication com.fuse.users.report.RunReport \
            org.springframework.batch.core.step.StepExecution org.postgresql.Driver \
            org.springframework.boot.logging.logback.StructuredLogEncoder \
            io.prometheus.metrics.exporter.pushgateway.PushGateway; do \
        echo "$loaded" | grep -qF "$class source: shared objects file" || { echo "$class is not cached"; exit 1; }; \
    done
# Replaces the labels of the base image, which describe that one. A test compares the version with the pom's. Only the
# build's caller knows the rest: docker build --build-arg REVISION=... and so on.
ARG REVISION
ARG CREATED
ARG SOURCE
LABEL org.opencontainers.image.title="fuse-users" \
      org.opencontainers.image.description="Deactivates users of the Fuse learning platform in bulk, from a CSV." \
      org.opencontainers.image.version="1.0.0" \
      org.opencontainers.image.ref.name="fuse-users" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}"
# Exec form. The command becomes Java, so that SIGTERM reaches the program, which stops after its current chunk.
ENTRYPOINT ["/usr/local/bin/fuse-users"]
