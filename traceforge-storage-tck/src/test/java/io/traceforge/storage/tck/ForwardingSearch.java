package io.traceforge.storage.tck;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceSearch;

/** Hands everything on to another search. */
class ForwardingSearch implements TraceSearch {
  private final TraceSearch search;

  ForwardingSearch(TraceSearch search) {
    this.search = search;
  }

  @Override
  public Page<SearchHit> search(SearchQuery query) {
    return search.search(query);
  }

  @Override
  public long count(SearchQuery query) {
    return search.count(query);
  }
}
