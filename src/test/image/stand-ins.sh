#!/usr/bin/env bash
# Makes stand-ins for the Dockerfile's base images, for a machine without access to an image registry. Both contain
# Debian's base system. One adds a JDK 17 and Maven, the other the modules of a JRE 25, all taken from this machine.
#   stand-ins.sh FOLDER BUILD_IMAGE RUNTIME_IMAGE     JDK_17, JDK_25: their homes
set -euo pipefail
folder=$1 build_image=$2 runtime_image=$3
system=$folder/system runtime=$folder/jre

[ -e "$system/etc/os-release" ] || debootstrap --variant=minbase bookworm "$system" > "$folder/debootstrap.log"
# The same modules as in Temurin's JRE, except those that only tools need.
[ -e "$runtime/release" ] || "$JDK_25/bin/jlink" --no-header-files --no-man-pages --strip-debug --output "$runtime" \
    --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# make IMAGE PATH SOURCE TARGET [SOURCE TARGET ...]: copies each source to its target in the base system
make() {
    local image=$1 path=$2 container
    shift 2
    container=$(buildah from scratch)
    buildah copy --quiet "$container" "$system" / > /dev/null
    while [ $# -gt 0 ]; do
        buildah copy --quiet "$container" "$1" "$2" > /dev/null
        shift 2
    done
    buildah config --env "PATH=$path:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" --env LANG=C.UTF-8 "$container"
    buildah commit --quiet --rm "$container" "$image" > /dev/null
}

make "$build_image" /opt/java/openjdk/bin:/usr/share/maven/bin \
    "$JDK_17" /opt/java/openjdk /etc/java-17-openjdk /etc/java-17-openjdk \
    /usr/share/maven /usr/share/maven /usr/share/java /usr/share/java /etc/maven /etc/maven
make "$runtime_image" /opt/java/openjdk/bin "$runtime" /opt/java/openjdk
