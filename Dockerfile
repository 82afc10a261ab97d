ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=docker.io/library/eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY src src
RUN mvn --batch-mode --no-transfer-progress -DskipTests package

FROM ${RUNTIME_IMAGE}
COPY --from=build /build/target/fuse-users.jar /app/
# Numeric, so that Kubernetes can see that it is not root.
USER 10001:10001
# The only place that is written to: temporary files, and reports unless --report-dir names another.
WORKDIR /tmp
# Exec form: SIGTERM has to reach the program, which stops after its current chunk.
ENTRYPOINT ["java", "-jar", "/app/fuse-users.jar"]
