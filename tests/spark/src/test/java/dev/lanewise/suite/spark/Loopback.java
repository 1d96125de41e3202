package dev.lanewise.suite.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions of Spark that no other machine sees. */
final class Loopback {
  private Loopback() {}

  /** One that is not begun yet. */
  static SparkSession.Builder session(String master) {
    return SparkSession.builder()
        .appName("lanewise")
        .master(master)
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"));
  }
}
