import { messageOf, SnetError, toSnetError } from '../../../shared/errors.js'
import type { LogFile, OpenLog } from './files.js'

export interface Uploaded {
  readonly count: number
  readonly links: string[]
}

/** This many failures one after the other are the target's fault, not the files'. */
const MAX_FAILURES = 3

/**
 * Takes one file after the other, and tells where each went. A file that cannot be taken keeps no other one back: they
 * are named together in the end, in one error of the first one's kind.
 */
export async function takeEach(
  files: readonly LogFile[],
  take: (name: string, source: OpenLog) => Promise<string>,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const links: string[] = []
  const failures: { name: string; fault: unknown }[] = []
  let inARow = 0
  for (const file of files) {
    signal?.throwIfAborted()
    try {
      await using source = await file.open()
      if (!source) continue
      links.push(await take(file.name, source))
      inARow = 0
    } catch (fault) {
      signal?.throwIfAborted()
      failures.push({ name: file.name, fault })
      if (++inARow === MAX_FAILURES) break
    }
  }
  const [first] = failures
  if (first) throw notAll(first.fault, failures, links.length)
  return { count: links.length, links }
}

function notAll(
  fault: unknown,
  failures: readonly { readonly name: string; readonly fault: unknown }[],
  taken: number,
): SnetError {
  const { kind, hint } = toSnetError(fault)
  const named = failures.map(({ name, fault }) => `${name}: ${messageOf(fault)}`)
  return new SnetError(kind, `${taken} log files were taken, and these were not: ${named.join('; ')}`, {
    ...(hint !== undefined && { hint }),
    details: { taken: String(taken) },
    cause: fault,
  })
}
