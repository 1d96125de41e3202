package dev.lanewise.suite.hardening;

/** Which bad values oracles, assertions, operands and laws take, and why. */
final class KitExceptions {
  private KitExceptions() {}

  static Exceptions all() {
    Exceptions exceptions = new Exceptions();
    notRun(exceptions);
    numbers(exceptions);
    extents(exceptions);
    exceptions
        .accepted(".* String (empty|blank)", "a name or a context that begins or ends messages")
        .accepted("Mix\\.choose\\(.* null inside", "whatever there is to choose from")
        .accepted(
            "(ActivationOracle\\.forward|Bound\\.\\w+|Capability\\.everyLayoutAnd|Checksum\\.of"
                + "|Elements\\.(dense|widen)|Exact\\.sum\\w*|SoftmaxOracle\\.jacobian)\\(.* empty",
            "there are none");
    return exceptions;
  }

  private static void notRun(Exceptions exceptions) {
    exceptions
        .notRun(
            "(\\w+Engine\\.\\w+|Law\\.Check\\.run|Contract\\.held)\\([^#]*",
            "what users write and the kit calls")
        .notRun(
            "(\\w*Contract\\.\\w+|CaseProvider\\.\\w+)\\([^#]*",
            "what jqwik calls, with cases that it has drawn")
        .notRun(
            "Bits\\.assertEqual\\(.* float\\[\\] empty",
            "an assertion, which fails where lengths differ")
        .notRun(
            "(Mix\\.labels\\(.* #0|Values\\.array\\(.*) int 2147483647",
            "it takes what memory allows")
        .notRun(
            "(Law\\.falsify|MatrixCase\\.another\\(.* #0).* int 2147483647", "it would take long");
  }

  private static void numbers(Exceptions exceptions) {
    exceptions
        .accepted(
            "(Freivalds\\.check|GemmCase|GradientCheck\\.seed|Law\\.falsify|MatrixCase|Mix"
                + "|Verification\\.of)\\(.* long .*",
            "a seed")
        .accepted("OptimizerOracle\\.\\w+\\(.* long 9223372036854775807", "a step like others")
        .accepted(
            "(ActivationOracle\\.(value|derivative\\w*)|Checksum\\.hex|ElementaryOracle\\.\\w+"
                + "|Exact\\.distance|Ulp\\.\\w+)\\(.* #\\d (int|float|double) .*",
            "defined for every number")
        .accepted(
            "(GemmOracle\\.(gemm|magnitude|errorBound)|Operand\\.(set|scale))\\(.* #\\d"
                + " (float|double) .*",
            "factors and elements, as IEEE 754 has them")
        .accepted(
            "(ActivationOracle\\.leakyRelu|Freivalds\\.check|GemmCase(\\.with\\w+)?|GemmOracle\\.exact)\\(.*"
                + " (float|double) -1\\.0",
            "a finite factor")
        .accepted(
            "(Bound\\.\\w+|GradientCheck\\.[ar]tol)\\(.* #0 double .*",
            "a bound that is no number admits no error")
        .accepted("GradientCheck\\.Kink\\(.* #\\d (int|double) .*", "figures to keep");
  }

  private static void extents(Exceptions exceptions) {
    exceptions
        .accepted(
            "(Accuracy\\.checkBits|Bits\\.assertEqual|Elements\\.(dense|widen)|Operand(\\.dense)?"
                + "|Values\\.array|(Gemm|Matrix)Case(\\.with\\w+)?)\\(.* int 0",
            "what is empty is a shape like others, and strides may be 0")
        .accepted(
            "(Layout\\.operand\\([^\\[]*|MatrixCase\\.(another\\(.* #[12]|result\\(int, int\\) #."
                + "|result\\(int, int, int\\) #[12])|Mix\\.labels\\(.* #0) int 0",
            "what is empty is a shape like others")
        .accepted(
            "((Elements\\.at|GemmOracle\\.exact|Operand\\.[gs]et)\\(.* #[01]"
                + "|(NetworkOracle\\.inputOf|Operand\\.rows)\\(.* #0) int 0",
            "an index")
        .accepted("Bound\\.gamma\\(.* int 0", "nothing is rounded")
        .accepted("GradientCheck\\.directions\\(.* int 0", "each element by itself")
        .accepted(
            "(Elements\\.dense|GradientCheck\\.directions|GemmCase|MatrixCase(\\.with\\w+|\\.draw"
                + "|\\.atMost)?|Mix\\.\\w+|NetworkOracle\\.inputs)\\(.* int 2147483647",
            "as many as memory and patience allow")
        .accepted(
            "MatrixCase\\.result\\(int, int, int\\) #0 int 2147483647", "the number of a result");
  }
}
