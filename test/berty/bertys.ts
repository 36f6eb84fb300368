export interface Bertys extends AsyncDisposable {
  /** HOST:PORT of each. */
  readonly endpoints: readonly string[]
}

/** Those that BERTY_ENDPOINTS names, which reach each other. */
export async function openBertys(count: number): Promise<Bertys> {
  const named = (process.env.BERTY_ENDPOINTS ?? '').split(',').filter((each) => each !== '')
  if (named.length < count) throw new Error(`BERTY_ENDPOINTS names ${named.length} Bertys, ${count} are needed`)
  return { endpoints: named.slice(0, count), [Symbol.asyncDispose]: () => Promise.resolve() }
}
