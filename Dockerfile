# JDK 17, on which the tests run; and what the program runs on. Both in ARGs, so that a mirror or a digest can be named.
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=docker.io/library/eclipse-temurin:25-jre

# The program, one flat jar: with no jars within it there is nothing to extract for the class cache.
FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main src/main
# Tests and format are checked where the source is, not where the image is made.
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
        package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/demo/lib \
    && mv target/classes target/demo/classes

FROM ${RUNTIME_IMAGE} AS application
COPY --from=build /build/target/fuse-users.jar /app/
COPY src/main/image/java.options /app/
# Logs for whoever collects them; empty, they are as on a terminal. Here already, so that the class cache knows of it.
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs

# The class cache, from a real run on the demo database: whatever a run loads is in it, drivers and reports included, and
# what pushes metrics, though nobody takes them here.
FROM application AS training
COPY --from=build /build/target/demo /demo
COPY input /demo/input
# PostgreSQL starts for no root, and for nobody without a name.
RUN echo 'training:x:10001:10001::/tmp:/usr/sbin/nologin' >> /etc/passwd
USER 10001:10001
WORKDIR /tmp
RUN MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ENABLED=true \
    java -cp '/demo/classes:/demo/lib/*' com.fuse.users.demo.DemoSession \
    java @/app/java.options -XX:AOTCacheOutput=/tmp/fuse-users.aot -jar /app/fuse-users.jar \
    deactivate --yes --accept-skips /demo/input/users.csv

FROM application
COPY --from=training /tmp/fuse-users.aot /app/
# Numeric, so that Kubernetes can see that it is not root.
USER 10001:10001
# The only place that is written to: temporary files, and reports unless --report-dir names another.
WORKDIR /tmp
# A cache that does not fit is passed over with a warning when the program runs, but ends the build: AOTMode=on refuses
# it, and the program's, Spring Batch's and the driver's classes must come from it.
RUN loaded="$(java @/app/java.options -XX:AOTCache=/app/fuse-users.aot -XX:AOTMode=on -Xlog:class+load \
        -jar /app/fuse-users.jar --version)" || { echo "$loaded"; exit 1; }; \
    for class in com.fuse.users.FuseUsersApplication com.fuse.users.report.RunReport \
            org.springframework.batch.core.step.StepExecution org.postgresql.Driver \
            org.springframework.boot.logging.logback.StructuredLogEncoder \
            io.prometheus.metrics.exporter.pushgateway.PushGateway; do \
        echo "$loaded" | grep -qF "$class source: shared objects file" || { echo "$class is not cached"; exit 1; }; \
    done
# Exec form: SIGTERM has to reach the program, which stops after its current chunk.
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/fuse-users.aot", "-jar", "/app/fuse-users.jar"]
