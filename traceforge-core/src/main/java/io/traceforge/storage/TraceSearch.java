package io.traceforge.storage;

/**
 * Finds calls by what was said in them: for backends that can.
 *
 * <p>What is searched are the texts of messages and answers: the strings in request and response
 * bodies that are JSON. A text that is sent again at each step is found once in each session, at
 * the call that brought it, also if other fields stand around it or its members in another order. A
 * search sees all that was stored before it began. Safe for use by many threads.
 *
 * <p>Later versions may add methods, each with a default.
 */
public interface TraceSearch {

  /**
   * Returns a page of what a query finds. The newest text comes first, and the calls of several
   * sessions that brought the same text stand together; or, if the query asks for it, the best
   * match comes first.
   *
   * @throws StorageException if the engine fails
   */
  Page<SearchHit> search(SearchQuery query);

  /**
   * Returns how many hits a query has on all its pages together.
   *
   * @throws StorageException if the engine fails
   */
  long count(SearchQuery query);
}
