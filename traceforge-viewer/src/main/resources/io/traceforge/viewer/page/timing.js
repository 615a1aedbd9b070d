// When things are done.

/** Returns what lets work be done a while later, once for all who ask until then. */
export function atMostEvery(ms, signal, work) {
  let timer = null;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      work();
    }, ms);
  };
}
