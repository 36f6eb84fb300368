import { writeSync } from 'node:fs'
import { inspect } from 'node:util'
import { HIDDEN, hostsOnly } from '../shared/url-secrets.js'

const MAX_CAUSES = 5
/** Exit code of a fault of our own. */
const BUG = 1

/**
 * Tells of a fault that nobody caught, and ends the process, as Node would; but Node shows all that hangs on the fault, such
 * as requests with their headers. What is told is stacks, without the secrets of the settings.
 */
export function tellCrashes(secrets: readonly string[], write = (text: string) => void writeSync(2, text)): Disposable {
  const onCrash = (fault: unknown): void => {
    try {
      write(`Error: the daemon ends by a fault of its own that nobody caught:\n${crashText(fault, secrets)}\n`)
    } finally {
      process.exit(BUG)
    }
  }
  process.on('uncaughtException', onCrash)
  return { [Symbol.dispose]: () => void process.off('uncaughtException', onCrash) }
}

export function crashText(fault: unknown, secrets: readonly string[]): string {
  const stacks: string[] = []
  for (
    let one = fault;
    one !== undefined && stacks.length < MAX_CAUSES;
    one = one instanceof Error ? one.cause : undefined
  )
    stacks.push(one instanceof Error ? (one.stack ?? one.message) : inspect(one, { depth: 0 }))
  const text = hostsOnly(stacks.join('\n  caused by '))
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text)
}
