#!/usr/bin/env bash
# Builds the release a second time and compares every file of it with what `mvn -Prelease clean verify` has left in the
# target folders: in another folder, time zone, locale and user. Maven must run on the same JDK, whose jar tool it uses for
# the descriptors of modules, and with the same umask, which the plugins keep.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=tests/jdk.sh
source "$root/tests/jdk.sh"

fail() {
  echo "$*" >&2
  exit 1
}

version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")
files=(bench/target/lanewise.jar)
for module in core/kernels core/learn core/spark tests/kit; do
  jar=$module/target/lanewise-$(basename "${module/%kit/testkit}")-$version
  files+=("$jar.jar" "$jar-sources.jar" "$jar-javadoc.jar" "$module/target/bom.json" "$module/target/bom.xml")
done
for file in "${files[@]}"; do
  [[ -f "$root/$file" ]] || fail "$file is absent: run mvn -Prelease clean verify first."
done

work=$(mktemp -d "${TMPDIR:-/tmp}/lanewise-again.XXXXXX")
trap 'rm -rf "$work"' EXIT
copy=$work/a/deeper/folder
mkdir -p "$copy"
tar -C "$root" --exclude=./.git --exclude=target -cf - . | tar -C "$copy" -xf -
jdk=$(find_jdk)
(
  cd "$copy"
  export TZ=Asia/Kathmandu LC_ALL=C
  export MAVEN_OPTS="-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kathmandu -Duser.name=another"
  mvn -B -ntp -q -Prelease -pl bench,core/spark -am verify < /dev/null > "$work/build.txt" 2>&1
) || {
  cat "$work/build.txt" >&2
  fail "The second build failed."
}

# Names the entries in which two archives differ; others are shown where they differ.
differences() {
  if [[ $1 == *.jar ]]; then
    rm -rf "$work/first" "$work/second"
    mkdir "$work/first" "$work/second"
    (cd "$work/first" && "$jdk/bin/jar" -xf "$root/$1")
    (cd "$work/second" && "$jdk/bin/jar" -xf "$copy/$1")
    diff -rq "$work/first" "$work/second" || return 0
    echo "The entries are equal; their order, dates or modes are not."
  else
    diff "$root/$1" "$copy/$1" || return 0
  fi
}

differing=()
for file in "${files[@]}"; do
  if cmp -s "$root/$file" "$copy/$file"; then
    (cd "$root" && sha256sum "$file")
  else
    differing+=("$file")
    echo "$file differs:" >&2
    differences "$file" | head -40 >&2
  fi
done
((${#differing[@]} == 0)) || fail "Not reproducible: ${differing[*]}"
echo "Two builds, ${#files[@]} files, equal."
