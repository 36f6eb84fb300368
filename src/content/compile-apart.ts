import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ErrorKind, messageOf, SnetError } from '../shared/errors.js'
import { packageRoot } from '../shared/package.js'
import { withTimeLimit } from '../shared/time-limit.js'
import type { CompiledProtos } from './compile-protos.js'

/** What the compiling process answers. */
export type CompilerAnswer =
  | { readonly compiled: CompiledProtos }
  | { readonly fault: { readonly kind: ErrorKind; readonly message: string; readonly hint: string | undefined } }

export interface CompilerLimits {
  readonly timeoutMs: number
  readonly memoryMb: number
}

const LIMITS: CompilerLimits = { timeoutMs: 20_000, memoryMb: 512 }
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

/** The built compiler, or its sources in tests and in bin/dev.mjs. */
const ENTRY = new URL(import.meta.url).pathname.endsWith('.ts')
  ? ['--import', 'tsx', fileURLToPath(new URL('compiler.ts', import.meta.url))]
  : [join(packageRoot, 'dist/content/compiler.js')]

/**
 * Unpacks and compiles an archive of proto files in a process of its own, which a signal ends in mid-work, and whose
 * memory is not ours: a thread that outgrows its limit at once takes all others with it.
 *
 * Errors: as `readProtoArchive` and `compileProtos`; `invalid-config` when it needs more memory than it gets; `timed-out`,
 * `cancelled`; `unavailable` when no process can be started.
 */
export async function compileApart(
  archive: Uint8Array,
  { signal, limits = LIMITS }: { signal?: AbortSignal | undefined; limits?: CompilerLimits } = {},
): Promise<CompiledProtos> {
  const seconds = limits.timeoutMs / 1000
  const late = (): SnetError =>
    new SnetError('timed-out', `the proto files of the service were not compiled within ${seconds} s`, {
      hint: 'Publish fewer or simpler files, or try again when this host has less to do.',
    })
  const answer = await withTimeLimit({ ms: limits.timeoutMs, signal, late }, (limit) =>
    askCompiler(archive, limits.memoryMb, limit),
  )
  if ('compiled' in answer) return answer.compiled
  const { kind, message, hint } = answer.fault
  throw new SnetError(kind, message, { hint })
}

function askCompiler(archive: Uint8Array, memoryMb: number, signal: AbortSignal): Promise<CompilerAnswer> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, ...ENTRY], {
      cwd: packageRoot,
      // It needs none of our variables, least of all our secrets.
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      signal,
      killSignal: 'SIGKILL',
    })
    const chunks: Buffer[] = []
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if ((size += chunk.length) > MAX_ANSWER_BYTES) child.kill('SIGKILL')
    })
    // If the compiler ends before it has read everything, its end tells why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(archive)
    child.once('error', (cause) => fail(notStarted(cause)))
    child.once('close', (code, killedBy) => {
      if (code === 0) done(JSON.parse(Buffer.concat(chunks).toString('utf8')) as CompilerAnswer)
      else fail(faultOfEnd(`${killedBy ?? code}`, memoryMb))
    })
  })
}

const notStarted = (cause: unknown): SnetError =>
  new SnetError('unavailable', `the compiler of proto files cannot be started: ${messageOf(cause)}`, {
    hint: 'This host may have too many processes, or too little memory.',
    cause,
  })

const faultOfEnd = (how: string, memoryMb: number): SnetError =>
  new SnetError(
    'invalid-config',
    `the proto files of the service cannot be compiled: the compiler ended (${how}), with ${memoryMb} MB to use`,
    { hint: 'Publish fewer or simpler files.' },
  )
