package dev.lanewise.suite.hardening;

/** Which bad values graphs, layers, optimizers, readers, training and studies take, and why. */
final class LearnExceptions {
  private static final String MANY = "as many as memory and patience allow";
  private static final String INDEX = "an index, or a part without anything in it";

  private LearnExceptions() {}

  static Exceptions all() {
    Exceptions exceptions = new Exceptions();
    methods(exceptions);
    numbers(exceptions);
    views(exceptions);
    containers(exceptions);
    refusedBarely(exceptions);
    return exceptions;
  }

  private static void methods(Exceptions exceptions) {
    exceptions
        .notRun(
            "(Initializer\\.fill|Layer\\.apply|Objective\\.score|Sampler\\.next|Schedule\\.factor"
                + "|ShardSource\\.(shards|checkData)"
                + "|TrainingListener\\.after\\w+|UpdateRule\\.apply|StudyListener\\.\\w+"
                + "|(Network)?Trainee\\.(begin|train|save|restore))\\([^#]*",
            "what users write and the framework calls")
        .notRun(
            "(Babysitter\\.(run|decisions)|IntervalTraining\\.(begin|restore|save))\\([^#]*",
            "files of a run, which the tests of babysitters have in every state")
        .notRun("DataException\\([^#]*", "an exception says what it is told to")
        .accepted("Condition(\\.\\w+)?\\.holds\\(.*", "it is true of no other value")
        .accepted("Assignment\\.has\\(.*", "there is no such parameter")
        .accepted(
            "Condition\\.(\\w+)\\(String, (double|List|String\\[\\])\\) (#0 String (empty|blank)"
                + "|#1 .*(Infinity|NaN|-1\\.0|empty))",
            "the space that it is put on refuses it")
        .accepted("Sequential\\.apply\\(.* #1 String .*", "it only begins the variables' names")
        .accepted("CsvFormat\\.withLabelColumn\\(String\\) .* (empty|blank)", "a field's name");
  }

  private static void numbers(Exceptions exceptions) {
    exceptions
        .notRun("IntervalTraining\\.train\\(int\\) #0 int 2147483647", MANY)
        .notRun("MiniBatches(\\.inOrder)?\\(int.* #0 int 2147483647", MANY)
        .accepted("(SessionBuilder\\.seed|.*\\.withSeed|Dataset\\.split)\\(.* long .*", "a seed")
        .accepted("MiniBatches\\(.* #2 long .*", "a seed")
        .accepted("MiniBatches\\.shuffle\\(.*", "epochs are told apart by any number")
        .accepted("MiniBatches\\(.* #0 int 0", INDEX)
        .accepted("MiniBatches\\.inOrder\\(.* #0 int 0", INDEX)
        .accepted("MiniBatches(\\.inOrder)?\\(.* #1 int 2147483647", "one batch of all")
        .accepted("(MiniBatches\\.(row|size|gather)|Evaluation\\.\\w+)\\(.* int 0", INDEX)
        .accepted("(Dataset\\.rows|CsvFormat\\.with.*)\\(int.* int 0", INDEX)
        .accepted("Node\\.columns?\\(int.* #0 int 0", INDEX)
        .accepted("CsvFormat\\.withLabelColumn\\(int\\) .* 2147483647", "a file may be that wide")
        .accepted("EarlyStopping.* (2147483647|Infinity)", "never, which a caller may mean")
        .accepted(
            "(History\\.Epoch|Report|Outcome|Decision)\\(.* #\\d (int|double) .*",
            "figures to keep")
        .accepted("Outcome\\(.* #5 String (empty|blank)", "a failure may say nothing")
        .accepted("Parameter\\.has\\(.*", "it is no value of that parameter")
        .accepted("Study\\.trialSeed\\(.* (0|2147483647)", "the number of a trial")
        .accepted("Study\\.withDescription\\(.* (empty|blank)", "any text")
        .accepted("Decision\\(.* #6 String (empty|blank)", "without an error")
        .accepted("Nudge\\(.* #[012] (String|Object) [^n].*", "what a journal has is kept")
        .accepted("Importance\\(.* #0 String (empty|blank)", "the name is its parameter's")
        .accepted("Babysitter\\.of\\(.* #[23] int 2147483647", MANY)
        .accepted("Trial\\.report\\(.* (int .*|double -1\\.0)", "steps rise from any number")
        .accepted(
            "(Initializers\\.constant|Constant\\.of|Variable\\.scalar)\\(.* double .*", "data")
        .accepted("Node\\.(plus|minus|times|dividedBy)\\(double\\) .*", "data")
        .accepted("VariableArrays\\.scaleGradient\\(.* double .*", "a factor, as IEEE 754 has it")
        .accepted("Optimizer\\.apply\\(.* #1 long .*", "gradient descent does not count steps")
        .accepted("Session\\.resumeAt\\(.* (0|9223372036854775807)", "a number of steps")
        .accepted("(Shape|Placeholder\\.\\w+)\\(.* int -1", "Shape.BATCH")
        .accepted(
            "(Shape|Placeholder\\.\\w+|Variable\\.\\w+|RunningStatistics\\.of|Layers\\.dense\\w*"
                + "|MultilayerPerceptron|Network\\.of|Trainer\\.\\w+|SessionBuilder\\.shards"
                + "|Study\\.withWorkers|Schedule\\.steps|Proposal)"
                + "\\(.* int 2147483647",
            MANY + "; sessions refuse arrays that are too long")
        .accepted("Sampler\\.\\w+\\(.* #[023] int 2147483647", MANY)
        .accepted("Proposal\\(.* #0 int 0", "the first trial")
        .accepted("Trial\\.apart\\(.* #1 int 0", "a trial that is new")
        .accepted("Trial\\.apart\\(.* long .*", "a seed")
        .accepted("Session\\.shard\\(.* (0|2147483647)", "only the step knows how many there are")
        .accepted("ShardGradient\\(.* #0 int (0|2147483647)", "the session adds them up")
        .accepted("ShardGradient\\(.* #1 float .*", "a cost is what it is")
        .accepted("ShardGradient\\.first\\(.* (#[02] int 0|#[12] int 2147483647)", INDEX)
        .accepted("ShardSource\\.Step\\(.* (#[01] int 0|int 2147483647|long .*)", INDEX)
        .accepted(
            "Space\\.integer\\(.* (#1 int (-1|0|-2147483648)|#2 int 2147483647)", "any whole range")
        .accepted("Space\\.logInteger\\(.* #2 int 2147483647", "any whole range")
        .accepted("Space\\.uniform\\(.* #1 double -1\\.0", "any finite range");
  }

  private static void views(Exceptions exceptions) {
    String free = "this extent is the caller's";
    exceptions
        .accepted("(Classifier\\.best|SafeTensors\\.Tensor\\.of)\\(.* (a|empty|long|short).*", free)
        .accepted(
            "(Classifier\\.(logits|probabilities)|InputNormalisation\\.apply)\\(.* a row more",
            free)
        .accepted("InputNormalisation\\.of\\(.* (a row more|a column more|empty)", free)
        .accepted("(Constant\\.of|Session\\.feed)\\(FloatMatrix\\) .* a .* more", free)
        .accepted("Dataset\\(.* a column more", free)
        .accepted("MiniBatches\\.gather\\(.* a row more", "room for more than the batch")
        .accepted("VariableArrays\\.Part\\(.* FloatSpan .*er", "the session makes them equal")
        .accepted("Session\\.feed\\(.* Labels shorter", "a smaller batch")
        .accepted("Session\\.feed\\(.* Labels a .*class.*", "labels are checked by the next run")
        .accepted(".*\\.with(Journal|Checkpoint)\\(.* Path absent", "it is written later")
        .accepted(".*\\.(withWorkers|workers)\\(.* closed", "they are checked by the next run");
  }

  private static void containers(Exceptions exceptions) {
    exceptions
        .accepted(
            "(Annotations|SafeTensors\\.of|Outcome|History|Goal\\.ranked|StudyResult|Sequential"
                + "|Sequential\\.of|MultilayerPerceptron|VariableArrays\\.Part|Dataset\\.select"
                + "|SessionBuilder\\.outputs)\\(.* empty",
            "there are none")
        .accepted("ShardGradient\\(.* empty", "the session knows the lengths")
        .accepted("Assignment\\.of\\(.* empty", "there are none")
        .accepted("Session\\.load\\(.* null key", "tensors of other names are not looked at");
  }

  private static void refusedBarely(Exceptions exceptions) {
    exceptions
        .refusedBarely("Parameter\\.position\\(.* null", "it says that this is no value of it")
        .refusedBarely("Babysitter\\.of\\(.* null (inside|key)", "it says which values there are")
        .refusedBarely("Session\\.load\\(.* null inside", "it says that the tensor is absent")
        .refusedBarely("Assignment\\.\\w+\\(.* (empty|blank)", "it says which parameters there are")
        .refusedBarely("(Network|Variable)\\.\\w+\\(.* int -1", "it calls -1 the batch")
        .refusedBarely("Optimizer\\.apply\\(.* double .*", "it names the product with the rate")
        .refusedBarely("Schedule\\.steps\\(.* int .*", "it writes the number as a double")
        .refusedBarely("(Session\\.of|Space\\.choice)\\(.*\\[\\] empty", "it says that in words");
  }
}
