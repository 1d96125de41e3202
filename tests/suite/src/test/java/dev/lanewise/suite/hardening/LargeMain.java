package dev.lanewise.suite.hardening;

/** A case on arrays of 2^31 - 9 elements; prints how many results it has compared. */
final class LargeMain {
  private LargeMain() {}

  public static void main(String[] arguments) {
    System.out.println(LargeCase.valueOf(arguments[0]).run(LargeCase.LONGEST));
  }
}
