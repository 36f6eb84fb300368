import { createHash } from 'node:crypto'
import type { SnetError } from '../shared/errors.js'
import { hang } from './render/wrap.js'

export interface ErrorTextOptions {
  /** Whether a bug is shown with its stack. */
  readonly withStack?: boolean
  /** Columns of the terminal; without end where there is none. */
  readonly width?: number
}

/** What goes to stderr: the message, then the hint; for a bug its stack, when asked for. Empty for `cancelled`. */
export function errorText(error: SnetError, options: ErrorTextOptions = {}): string {
  const { head, hint } = errorParts(error, '', options)
  return head + hint
}

/** @param before what stands in front of the message */
function errorParts(error: SnetError, before: string, options: ErrorTextOptions): { head: string; hint: string } {
  if (error.kind === 'cancelled') return { head: '', hint: '' }
  if (error.kind === 'bug') return bugParts(error, before, options)
  return { head: label(`${before}Error: `, bound(error.message), options), hint: hintText(error.hint, options) }
}

const hintText = (hint: string | undefined, options: ErrorTextOptions): string =>
  hint === undefined ? '' : label('Hint:  ', bound(hint), options)

/** A failure on one of several hosts. */
export interface PeerError {
  readonly peer: string
  readonly error: SnetError
}

/** What goes to stderr of several hosts that failed: those with one hint together, and the hint once after them. */
export function errorsText(failures: readonly PeerError[], options: ErrorTextOptions = {}): string {
  const headsOfHint = new Map<string, string>()
  for (const { peer, error } of failures) {
    const { head, hint } = errorParts(error, `${peer}: `, options)
    if (head !== '') headsOfHint.set(hint, `${headsOfHint.get(hint) ?? ''}${head}`)
  }
  return [...headsOfHint].map(([hint, heads]) => heads + hint).join('')
}

export const warningText = (warning: string, hint: string | undefined, options: ErrorTextOptions = {}): string =>
  label('Warning: ', bound(warning), options) + hintText(hint, options)

/** What `--json` prints to stderr. Empty parts are left out. */
export function errorJson(error: SnetError): { error: Record<string, unknown> } {
  const { kind, message, hint, details } = error
  const fault = error.kind === 'bug' && error.cause !== undefined ? { fault: faultId(error) } : {}
  const facts = { ...details, ...fault }
  return {
    error: {
      kind,
      message: bound(message),
      ...(hint !== undefined && { hint: bound(hint) }),
      ...(Object.keys(facts).length > 0 && { details: facts }),
    },
  }
}

/** A value as one line of JSON. Amounts and ids are bigints; they become decimal text, which loses no digit. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}

function bugParts(error: SnetError, before: string, options: ErrorTextOptions): { head: string; hint: string } {
  const head = (text: string, stack: string | undefined): string =>
    label(`${before}Error: `, text, options) + (options.withStack ? `${stack}\n` : '')
  // A bug that another process reported carries its id in the message, and its stack is in that process's log.
  if (error.cause === undefined) return { head: head(error.message, error.stack), hint: '' }
  return {
    head: head(`${error.message} (fault ${faultId(error)})`, stackOf(error)),
    hint: options.withStack ? '' : hintText(BUG_HINT, options),
  }
}

const BUG_HINT = 'This is a bug. Run the command again with SNETD_DEBUG=1 to see where.'

const stackOf = ({ cause }: SnetError): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)

/** Eight hex digits made of the places in the stack: the same fault has the same id on every machine. */
function faultId(error: SnetError): string {
  const stack = stackOf(error)
  const places = [...stack.matchAll(/([^/\\\s(]+:\d+):\d+\)?$/gm)].map(([, place]) => place).join('\n')
  return createHash('sha256')
    .update(places || stack)
    .digest('hex')
    .slice(0, 8)
}

/** The other side may send a text of any length; more than this would not help anybody. */
const MAX_TOLD = 10_000
const bound = (text: string): string =>
  text.length <= MAX_TOLD ? text : `${text.slice(0, MAX_TOLD)}… (and ${text.length - MAX_TOLD} characters more)`

const label = (label: string, text: string, { width = Infinity }: ErrorTextOptions): string =>
  `${hang(label, text.trimEnd(), width)}\n`
