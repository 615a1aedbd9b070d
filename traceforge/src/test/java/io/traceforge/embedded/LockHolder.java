package io.traceforge.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Another program that locks a database until it reads a line. */
final class LockHolder {
  private LockHolder() {}

  /** Argument: the file. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      System.out.println("locked");
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody said when to end");
      }
      statement.execute("COMMIT");
    }
  }
}
