package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's safetensors reads what this library writes, and the other way round. */
class SafeTensorsPythonTest {
  private static final String NEEDED = "import numpy, safetensors.numpy";

  /** Prints what it finds and writes it to the second file. */
  private static final String PROGRAM =
      """
      import sys
      from safetensors import safe_open
      from safetensors.numpy import load_file, save_file
      tensors = load_file(sys.argv[1])
      for name in sorted(tensors):
          x = tensors[name]
          print(ascii(name), x.dtype, list(x.shape), x.tobytes().hex())
      with safe_open(sys.argv[1], "np") as file:
          metadata = file.metadata()
      print(metadata)
      save_file(tensors, sys.argv[2], metadata)
      """;

  @TempDir private Path folder;

  private static Result python(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", "-c"));
    command.addAll(List.of(arguments));
    return ChildJvm.run(new ProcessBuilder(command));
  }

  private static boolean isPresent() throws Exception {
    try {
      return python(NEEDED).exit() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void pythonReadsAndWritesTheSame() throws Exception {
    assumeTrue(isPresent(), "python3 has no safetensors and numpy here");
    Path ours = folder.resolve("ours.safetensors");
    Path theirs = folder.resolve("theirs.safetensors");
    Contents.sample().write(ours);
    Result result = python(PROGRAM, ours.toString(), theirs.toString());
    assertEquals(0, result.exit(), result.err());
    List<String> expected =
        List.of(
            "'a/b' float32 [2, 3] 0000803f000000800000807f0000c07f0000204001000000",
            "'scalar' float32 [] 00004040",
            "'\\xe9' float32 [0, 4] ",
            "{'epoch': '7/8 \"x\"\\n'}");
    assertEquals(expected, result.out().lines().toList());
    SafeTensors read = SafeTensors.read(theirs);
    Contents.assertEqual(Contents.sample(), read);
  }
}
