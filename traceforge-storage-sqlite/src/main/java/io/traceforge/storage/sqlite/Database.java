package io.traceforge.storage.sqlite;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * One connection with its prepared statements. Used by one thread at a time.
 *
 * <p>Statements stay prepared for the life of the connection: there are as many as there are shapes
 * of queries, which is a few dozen.
 */
final class Database implements AutoCloseable {
  private final SQLiteConnection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private final Path file;
  private final @Nullable Object key;
  private final @Nullable FileStamp stamp;

  private Database(SQLiteConnection connection, Path file, @Nullable FileStamp stamp) {
    this.connection = connection;
    this.file = file;
    this.key = keyOf(file);
    this.stamp = stamp;
  }

  /**
   * Connects to a file. The path goes to the engine as a URI: in a plain path the driver would take
   * a question mark for the beginning of parameters.
   *
   * <p>Not by way of {@code DriverManager}, nor of the classes that register with it: it would hold
   * the driver, and with it a web application's class loader, for as long as the JVM runs.
   */
  static Database connect(Path file, SQLiteConfig config) throws SQLException {
    return connect(file, file.toUri().toString(), config, null);
  }

  /**
   * Connects to a file that nobody has open to write. The engine then looks at the file alone and
   * puts nothing beside it; in return it would not notice if somebody changed the file, which
   * {@link #isTorn()} tells.
   */
  static Database connectResting(Path file, SQLiteConfig config, FileStamp stamp)
      throws SQLException {
    return connect(file, file.toUri() + "?immutable=1", config, stamp);
  }

  private static Database connect(
      Path file, String name, SQLiteConfig config, @Nullable FileStamp stamp) throws SQLException {
    return new Database(
        new JDBC4Connection(JDBC.PREFIX + name, name, config.toProperties()), file, stamp);
  }

  /** Makes a database of its own that is nowhere but in memory. */
  static Database inMemory() throws SQLException {
    String name = ":memory:";
    return new Database(
        new JDBC4Connection(JDBC.PREFIX + name, name, new Properties()), Path.of(""), null);
  }

  /**
   * Returns whether the file was deleted, moved away or replaced since it was opened. The engine
   * goes on with it all the same, but nobody would find what it writes there.
   */
  boolean isOrphaned() {
    return key != null && !key.equals(keyOf(file));
  }

  /** Returns whether what was read may be wrong, because the file has come to be written. */
  boolean isTorn() {
    return stamp != null && !stamp.holds();
  }

  /** What tells a file from another of the same name; null if there is none, or no such thing. */
  private static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException missing) {
      return null;
    }
  }

  /** Runs a statement that takes no parameters and whose result does not matter. */
  void execute(String sql) throws SQLException {
    prepare(sql).execute();
  }

  /** Runs a statement to its end, also one that gives rows without columns. */
  void executeAll(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs a statement that changes rows. Returns how many. */
  @CanIgnoreReturnValue
  int update(String sql, SqlFunction.Action<Binder> parameters) throws SQLException {
    PreparedStatement statement = prepare(sql);
    try {
      parameters.accept(new Binder(statement));
      return statement.executeUpdate();
    } finally {
      // Otherwise the statement would hold on to the bodies it stored last.
      statement.clearParameters();
    }
  }

  /** Runs a query. Returns all its rows. */
  <T> List<T> list(String sql, SqlFunction.Action<Binder> parameters, SqlFunction<Row, T> mapper)
      throws SQLException {
    PreparedStatement statement = prepare(sql);
    parameters.accept(new Binder(statement));
    try (ResultSet results = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      Row row = new Row(results);
      while (results.next()) {
        found.add(mapper.apply(row.rewind()));
      }
      return found;
    }
  }

  /** Runs a query for at most one row. Returns it, or {@code null} if there is none. */
  <T> @Nullable T find(
      String sql, SqlFunction.Action<Binder> parameters, SqlFunction<Row, T> mapper)
      throws SQLException {
    List<T> found = list(sql, parameters, mapper);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Runs a query without parameters that always has one row with one string. */
  String findText(String sql) throws SQLException {
    return list(sql, none -> {}, Row::string).get(0);
  }

  /** Runs a query without parameters that always has one row with one number. */
  long findNumber(String sql) throws SQLException {
    return list(sql, none -> {}, Row::number).get(0);
  }

  /** Does something in a transaction that has the write lock from its beginning. */
  <T> T writeTransaction(SqlFunction<Database, T> work) throws SQLException {
    return transaction("BEGIN IMMEDIATE", work);
  }

  /** Does something in a transaction that sees one state of the database. */
  <T> T readTransaction(SqlFunction<Database, T> work) throws SQLException {
    return transaction("BEGIN", work);
  }

  private <T> T transaction(String begin, SqlFunction<Database, T> work) throws SQLException {
    execute(begin);
    boolean committed = false;
    tellDriver(true);
    try {
      T result = work.apply(this);
      execute("COMMIT");
      committed = true;
      return result;
    } finally {
      tellDriver(false);
      if (!committed) {
        rollBack();
      }
    }
  }

  /** Otherwise it tries to begin a transaction of its own before each statement, in vain. */
  private void tellDriver(boolean inTransaction) {
    connection.getConnectionConfig().setAutoCommit(!inTransaction);
  }

  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // The engine does so itself after an I/O error. The exception on its way says more.
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Closes the connection with all its statements. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
