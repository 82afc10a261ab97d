# The JDK 17 that builds the program, because the tests run on it, and the JRE that runs the program. To use a mirror or
# a digest, set the ARG.
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=docker.io/library/eclipse-temurin:25-jre

# The program as one flat jar: a jar without nested jars needs no extraction for the class cache.
FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main src/main
# The build in the checkout runs the tests and checks the format; the build of the image does not.
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
        package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/demo/lib \
    && mv target/classes target/demo/classes

FROM ${RUNTIME_IMAGE} AS application
COPY --from=build /build/target/fuse-users.jar /app/
COPY src/main/image/java.options /app/
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
RUN MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ENABLED=true \
    java -cp '/demo/classes:/demo/lib/*' com.fuse.users.demo.DemoSession \
    java @/app/java.options -XX:AOTCacheOutput=/tmp/fuse-users.aot -jar /app/fuse-users.jar \
    deactivate --yes --accept-skips /demo/input/users.csv

FROM application
COPY --from=training /tmp/fuse-users.aot /app/
# Numeric, so that Kubernetes can see that the user is not root.
USER 10001:10001
# The program writes only here: temporary files, and reports unless --report-dir names another folder.
WORKDIR /tmp
# When the program runs, the JVM ignores a cache that does not fit, with a warning. Here such a cache ends the build:
# AOTMode=on refuses it, and classes of the program and of its libraries must come from it.
RUN loaded="$(java @/app/java.options -XX:AOTCache=/app/fuse-users.aot -XX:AOTMode=on -Xlog:class+load \
        -jar /app/fuse-users.jar --version)" || { echo "$loaded"; exit 1; }; \
    for class in com.fuse.users.FuseUsersApplication com.fuse.users.report.RunReport \
            org.springframework.batch.core.step.StepExecution org.postgresql.Driver \
            org.springframework.boot.logging.logback.StructuredLogEncoder \
            io.prometheus.metrics.exporter.pushgateway.PushGateway; do \
        echo "$loaded" | grep -qF "$class source: shared objects file" || { echo "$class is not cached"; exit 1; }; \
    done
# Exec form, so that SIGTERM reaches the program, which stops after its current chunk.
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/fuse-users.aot", "-jar", "/app/fuse-users.jar"]
