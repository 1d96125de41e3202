Third-party libraries in this jar, with their licences
======================================================

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
<#if project.groupId != "dev.lanewise">
${project.groupId}:${project.artifactId}:${project.version} (${project.name})
<#list entry.getValue() as licence>
    ${licence}
</#list>
<#if project.url??>
    ${project.url}
</#if>

</#if>
</#list>
Apache ECharts, the script that a report holds
    Apache-2.0; zrender within it BSD-3-Clause
    https://echarts.apache.org/

JMH is licensed under the GNU General Public License, version 2, with the Classpath Exception. The
benchmarks alone use it; none of Lanewise's libraries depends on it.

The libraries that Lanewise is measured against (OpenBLAS, oneMKL, oneDNN, VectorBLAS, EJML, ojAlgo)
are not in this jar; the build fetches them beside it, each under its own licence. That of oneMKL
allows its use as a peer; Lanewise does not ship it.
