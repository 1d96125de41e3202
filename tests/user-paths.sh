#!/usr/bin/env bash
# What users do with Lanewise, each in a new folder outside the repository: Maven projects on the class path and on the
# module path, JShell, a single source file, a jlink image, and an engine of their own that the kit verifies. What the
# README shows of it is taken from there. Artifacts are installed into a local repository that goes with the folder.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=tests/jdk.sh
source "$root/tests/jdk.sh"

# Of whole numbers: computed once without Lanewise, from the formulas in Example.java.
product="product 04ce6f5d"
# The bits of numerics 3.
training="training bf9c3065"

fail() {
  echo "$*" >&2
  exit 1
}

work=$(mktemp -d "${TMPDIR:-/tmp}/lanewise-users.XXXXXX")
trap 'rm -rf "$work"' EXIT
jdk=$(find_jdk)
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")

# --- the artifacts ---------------------------------------------------------------------------------------------------

# Libraries and plugins are shared with the user's own repository, dev/lanewise is not.
own=$(mvn -B -ntp -q -N -f "$root/pom.xml" help:evaluate -Dexpression=settings.localRepository -DforceStdout < /dev/null)
repository=$work/repository
mkdir -p "$repository/dev"
for entry in "$own"/* "$own"/dev/*; do
  case ${entry#"$own"/} in
    dev | dev/lanewise | \* | dev/\*) ;;
    *) ln -s "$entry" "$repository/${entry#"$own"/}" ;;
  esac
done

maven() {
  mvn -B -ntp -q "-Dmaven.repo.local=$repository" "$@" < /dev/null
}

mkdir "$work/source"
tar -C "$root" --exclude=./.git --exclude=target -cf - . | tar -C "$work/source" -xf -
maven -f "$work/source/pom.xml" -pl core/kernels,core/learn,tests/kit -am -Dmaven.test.skip install \
  || fail "The artifacts cannot be installed."

kernels=$repository/dev/lanewise/lanewise-kernels/$version/lanewise-kernels-$version.jar

# --- what the README says --------------------------------------------------------------------------------------------

# The fenced block of a language that has some words.
block() {
  awk -v fence="\`\`\`$1" -v words="$2" '
    $0 == fence { inside = 1; text = ""; next }
    inside && $0 == "```" { if (index(text, words)) { printf "%s", text; found = 1; exit } inside = 0; next }
    inside { text = text $0 "\n" }
    END { if (!found) exit 1 }' "$root/README.md" || fail "README.md has no block of $1 with $2."
}

# A command that begins so, in an indented block.
command_of() {
  grep -m 1 "^    $1" "$root/README.md" || fail "README.md has no command $1."
}

# --- a user's files --------------------------------------------------------------------------------------------------

version_of() {
  sed -n "/<artifactId>$1</{n;s|^ *<version>\(.*\)</version>$|\1|p;q}" "$root/pom.xml"
}

# A pom.xml with the dependencies of stdin.
pom() {
  cat << EOF
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>app</artifactId>
  <version>1</version>
  <properties>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
$(cat)
  </dependencies>
  <build>
    <plugins>
$(block xml "<artifactId>maven-surefire-plugin<")
      <plugin>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>$(version_of maven-dependency-plugin)</version>
      </plugin>
    </plugins>
  </build>
</project>
EOF
}

libraries() {
  block xml "<artifactId>lanewise-kernels<" | sed 's/lanewise-kernels/lanewise-learn/'
}

passed=()

# Runs a user's Example and compares what it prints.
try() {
  local name=$1 output
  shift
  output=$("$@" 2>&1) || fail "$name: $output"
  [[ $output == *"$product"* && $output == *"$training"* ]] \
    || fail "$name: expected '$product' and '$training', found: $output"
  [[ $output == *"vector code at "* ]] || fail "$name: no vector code runs: $output"
  pass "$name"
}

pass() {
  passed+=("$1")
  echo "$1: as expected"
}

# --- the paths -------------------------------------------------------------------------------------------------------

export JAVA_HOME=$jdk
module=(--add-modules jdk.incubator.vector)

mkdir -p "$work/class-path/src/main/java"
cd "$work/class-path"
libraries | pom > pom.xml
cp "$root/tests/user-paths/Example.java" src/main/java
block java "public class Example " > src/main/java/Readme.java
sed -i 's/public class Example /public class Readme /' src/main/java/Readme.java
maven package dependency:copy-dependencies -DincludeScope=runtime
try "Maven, class path" "$jdk/bin/java" "${module[@]}" -cp "target/app-1.jar:target/dependency/*" Example
readme=$("$jdk/bin/java" "${module[@]}" -cp "target/app-1.jar:target/dependency/*" Readme)
[[ $readme == "1.0 by lanewise "* ]] || fail "The README's example prints $readme"

# Without the flag: slower, with the same bits, and with a line that says so.
output=$("$jdk/bin/java" -cp "target/app-1.jar:target/dependency/*" Example)
[[ $output == *"--add-modules"*"$product"*"$training"* ]] || fail "Without the module's flag: $output"
pass "without the flag"

mkdir -p "$work/module-path/src/main/java/com/example/app"
cd "$work/module-path"
libraries | pom > pom.xml
block java "module com.example.app " > src/main/java/module-info.java
(
  echo "package com.example.app;"
  cat "$root/tests/user-paths/Example.java"
) > src/main/java/com/example/app/Example.java
maven package dependency:copy-dependencies -DincludeScope=runtime
try "Maven, module path" \
  "$jdk/bin/java" -p target/app-1.jar:target/dependency -m com.example.app/com.example.app.Example

"$jdk/bin/jlink" -p target/app-1.jar:target/dependency --add-modules com.example.app \
  --launcher example=com.example.app/com.example.app.Example --output "$work/image"
try "jlink" "$work/image/bin/example"

mkdir "$work/single-file"
cd "$work/single-file"
cp "$kernels" .
block java "public class Example " > Example.java
read -ra java <<< "$(command_of "java .*Example.java")"
output=$("$jdk/bin/${java[0]}" "${java[@]:1}")
[[ $output == "1.0 by lanewise "* ]] || fail "The README's example as a single file prints $output"
pass "single file, as in the README"
cp "$root/tests/user-paths/Example.java" .
try "single file" "$jdk/bin/java" "${module[@]}" -cp "$work/class-path/target/dependency/*" Example.java

mkdir "$work/jshell"
cd "$work/jshell"
cp "$kernels" .
{
  sed -n 's/^    jshell> //p' "$root/README.md"
  echo /exit
} > session.jsh
read -ra jshell <<< "$(command_of "jshell ")"
output=$("$jdk/bin/${jshell[0]}" "${jshell[@]:1}" -s - < session.jsh 2>&1) || fail "JShell: $output"
[[ $output == *"vector code at "* && $output == *"22.0"* ]] || fail "JShell prints $output"
pass "JShell, as in the README"
{
  cat "$root/tests/user-paths/Example.java"
  echo 'Example.main(new String[0])'
  echo /exit
} > example.jsh
jars=("$work"/class-path/target/dependency/*.jar)
class_path=$(IFS=: && echo "${jars[*]}")
try "JShell" "$jdk/bin/jshell" --class-path "$class_path" "${module[@]}" -s - < example.jsh

mkdir -p "$work/engine/src/test/java"
cd "$work/engine"
block xml "<artifactId>lanewise-testkit<" | pom > pom.xml
block java "class TinyGemmTest " > src/test/java/TinyGemmTest.java
block java "class VerifyTiny " > src/test/java/VerifyTiny.java
output=$(mvn -B -ntp "-Dmaven.repo.local=$repository" test < /dev/null 2>&1) || fail "The kit, on the README's engine: $output"
[[ $output == *"Failures: 0, Errors: 0"* && $output != *"Tests run: 0,"* ]] || fail "The kit tests nothing: $output"
sed -i 's/j < n; j++/j < n - 1; j++/' src/test/java/TinyGemmTest.java
if output=$(mvn -B -ntp "-Dmaven.repo.local=$repository" test < /dev/null 2>&1); then
  fail "The kit sees nothing wrong with a broken engine: $output"
fi
[[ $output == *"beyond the bound"* ]] || fail "The kit, on a broken engine: $output"
pass "an engine that the kit verifies"

echo "${#passed[@]} paths of users, all as expected."
