# shellcheck shell=bash
# For the scripts beside it.

# Prints the folder of a JDK that Lanewise runs on; JAVA_HOME's, if it is one.
find_jdk() {
  local home
  for home in "${LANEWISE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* \
      /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [[ -x "$home/bin/javac" ]] && grep -qsE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release"; then
      echo "$home"
      return
    fi
  done
  echo "Lanewise needs a JDK 25 or newer; install one, for example Temurin 25 below /usr/lib/jvm, or set JAVA_HOME." >&2
  return 1
}
