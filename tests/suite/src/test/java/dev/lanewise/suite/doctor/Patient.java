package dev.lanewise.suite.doctor;

import dev.lanewise.bench.doctor.Checkup;
import dev.lanewise.bench.doctor.Diagnosis;
import dev.lanewise.bench.doctor.Facts;
import dev.lanewise.bench.doctor.Finding;
import dev.lanewise.bench.doctor.KernelFigure;
import dev.lanewise.bench.doctor.KernelFigure.Verdict;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.machine.Jvm;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.kernels.Lanes.IeeeDeviation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A healthy machine, which a test spoils. */
final class Patient {
  String vendor = "Eclipse Adoptium Temurin-25.0.3+9";
  String name = "OpenJDK 64-Bit Server VM";
  String version = "25.0.3+9-LTS";
  String info = "mixed mode, sharing";
  final List<String> arguments = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
  final Map<String, String> flags =
      new HashMap<>(
          Map.of(
              "TieredStopAtLevel", "4", "UseAVX", "3", "UseFMA", "true", "UseSuperWord", "true"));
  List<String> features =
      List.of("sse2", "fma", "avx2", "avx512f", "avx512bw", "avx512dq", "avx512vl");
  int processors = 8;
  int available = 8;
  double quota;
  int bits = 512;
  String reason = "vector code at the hardware's width";
  boolean module = true;
  final Map<String, String> properties = new HashMap<>(Map.of("jdk.debug", "release"));
  final Set<IeeeDeviation> deviations = EnumSet.noneOf(IeeeDeviation.class);
  double peak = 100;
  double noise = 1.01;
  final List<KernelFigure> kernels =
      new ArrayList<>(
          List.of(kernel("gemm", 0.8, Verdict.OK, ""), kernel("relu", 0.1, Verdict.OK, "")));

  KernelFigure kernel(String operation, double share, Verdict verdict, String message) {
    return new KernelFigure(
        operation, "8x8", 1000, 100 * share, share, 0.16, noise, verdict, message);
  }

  /** The JVM was started with an option that sets a flag. */
  void flag(String name, String value, String argument) {
    flags.put(name, value);
    arguments.add(argument);
  }

  /** Lanewise has chosen scalar code. */
  void scalar(String why) {
    bits = 0;
    reason = why;
    peak = 0;
  }

  Facts facts() {
    return new Facts(
        new Environment(
            "classes",
            1,
            bits == 0 ? "scalar" : "vector",
            bits,
            bits == 0 ? 0 : 32,
            reason,
            new Processor(
                "A processor", "amd64", processors, available, quota, features, List.of()),
            1L << 34,
            new Jvm(vendor, name, version, info, arguments, flags),
            "Linux 6"),
        module,
        properties,
        deviations);
  }

  Diagnosis diagnosis() {
    return Diagnosis.of(facts(), new Checkup(peak, bits / 32.0, noise, kernels));
  }

  List<Finding> findings() {
    return diagnosis().findings();
  }
}
