/** A process of which nothing is open any more has ended long before. */
const GRACE_MS = 1_000

/**
 * For whoever is done: a library that closes its connection waits until the other end has closed it too, and one that hangs
 * never does.
 */
export function endInAnyCase(): void {
  setTimeout(() => process.exit(), GRACE_MS).unref()
}
