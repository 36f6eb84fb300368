import type { Interfaces } from '@oclif/core'
import { SnetError } from '../shared/errors.js'
import { commandLine } from './command-line.js'
import { showError } from './complaints.js'
import { EXIT_CODES } from './exit-codes.js'
import {
  findCommand,
  helpText,
  helpWidth,
  type Manifest,
  type ManifestCommand,
  parseHelpRequest,
  readManifest,
  toManifest,
} from './help/index.js'
import type { ProgramName } from './program-name.js'
import { endWithStdout } from './stdout.js'
import { writeOut } from './terminal.js'

export interface ProgramOptions {
  readonly name: ProgramName
  /** What was typed after the name. */
  readonly argv: string[]
  /** Directory of the package.json. */
  readonly root: string
  readonly pjson: Interfaces.PJSON
  /** Plugins already loaded, and what they say of their commands, instead of what the build wrote down. */
  readonly plugins?: Map<string, Interfaces.Plugin>
  readonly manifest?: () => { readonly commands: Readonly<Record<string, ManifestCommand>> }
}

/**
 * Runs one command line to its end and leaves its exit code. Help, the version and a command that does not exist are
 * answered from the manifest alone: the library that runs commands takes longer to load than the answer takes.
 */
export async function runProgram(options: ProgramOptions): Promise<void> {
  const isJson = wantsJson(options.argv)
  // grpc-js would write on stderr what strangers send, past the log and its limits; it reads this when it is loaded.
  process.env['GRPC_VERBOSITY'] ??= 'NONE'
  endWithStdout({ isJson })
  // A stderr that nobody reads any more must not end the program.
  process.stderr.on('error', () => undefined)
  try {
    await runLine(commandLine(options.name, options.argv), { ...options, isJson })
  } catch (thrown) {
    if (!(thrown instanceof SnetError)) throw thrown
    showError(thrown, { isJson })
    process.exitCode = EXIT_CODES[thrown.kind]
  }
}

async function runLine(argv: string[], options: ProgramOptions & { readonly isJson: boolean }): Promise<void> {
  const { name, root, pjson, plugins, isJson } = options
  if (argv[0] === '--version' || argv[0] === '-v') {
    await writeOut(`${pjson.name}/${pjson.version} ${process.platform}-${process.arch} node-${process.version}\n`)
    return
  }
  const manifest = manifestOf(options)
  const request = parseHelpRequest(argv)
  if (request) {
    const width = helpWidth(process.stdout, process.env['COLUMNS'])
    await writeOut(helpText(request, manifest, { program: name, description: pjson['description'] as string, width }))
    return
  }
  const found = findCommand(argv, manifest, name)
  if (found.kind === 'topic') return await runLine([...argv, '--help'], options)
  requireDirectory()
  const { runCommand } = await import('./run-command.js')
  await runCommand({ name, argv, isJson, root, pjson, plugins })
}

const manifestOf = ({ pjson, manifest = readManifest }: ProgramOptions): Manifest =>
  toManifest(Object.values(manifest().commands), pjson.oclif.topics ?? {})

/** Checks this first: reading a file or starting a process would fail there with a misleading message. */
function requireDirectory(): void {
  try {
    process.cwd()
  } catch (cause) {
    throw new SnetError('invalid-request', 'the current directory no longer exists', {
      hint: 'Change to another directory.',
      cause,
    })
  }
}

const wantsJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}
