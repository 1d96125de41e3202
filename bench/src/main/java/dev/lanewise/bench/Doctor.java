package dev.lanewise.bench;

import dev.lanewise.bench.console.Terminal;
import dev.lanewise.bench.doctor.Diagnosis;
import dev.lanewise.bench.doctor.DiagnosisText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says in half a minute whether Lanewise runs at full speed here and, if not, what to do. */
@Command(
    name = "doctor",
    description = "Says whether Lanewise runs at full speed here and, if not, what to do.",
    footer = {
      "",
      "Exit code 0: healthy. 1: degraded.",
      "It examines the JVM that it runs in. To see what your own options do, put them into",
      "JDK_JAVA_OPTIONS, or give them to java -cp lanewise.jar dev.lanewise.bench.Main doctor."
    })
final class Doctor implements Callable<Integer> {
  private static final String WHOLE_LINE = "\r%-60s\r";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    boolean terminal = Terminal.isThere();
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress = name -> err.printf(WHOLE_LINE + "%s", "", name).flush();
    Diagnosis diagnosis = Diagnosis.make(terminal ? progress : name -> {});
    if (terminal) {
      err.printf(WHOLE_LINE, "").flush();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(diagnosis));
    } else {
      DiagnosisText.lines(diagnosis).forEach(out::println);
    }
    out.flush();
    return diagnosis.healthy() ? 0 : 1;
  }
}
