import { Args, Flags } from '@oclif/core'
import { configFlag, DaemonCommand } from '../../client/index.js'

interface Validity {
  readonly valid: boolean
  readonly file: string | null
  /** `origin`, `expected` and `got` where one key is wrong by itself; secrets hidden. */
  readonly problems: readonly {
    readonly key: string
    readonly message: string
    readonly origin?: string
    readonly expected?: string
    readonly got?: string
  }[]
  readonly warnings: readonly string[]
}

export default class ConfigValidate extends DaemonCommand {
  static override summary = 'Check the settings without starting anything.'
  static override description = `Reads file and variables as "serve" does, and the certificate files that they name. Opens no port, writes nothing, uses no network.
All problems are shown at once, each with its key, its origin and how to fix it; the exit code is then 2.
With --json: {valid, file, problems: [{key, message, origin?, expected?, got?}], warnings}, also when the settings are wrong.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> snetd.config.json',
    'cat made.yaml | <%= config.bin %> <%= command.id %> -c - --format yaml',
  ]

  static override args = {
    file: Args.string({ description: 'Config file; the same as -c.', ignoreStdin: true }),
  }

  static override flags = {
    config: { ...configFlag, exclusive: ['file'] },
    format: Flags.option({
      summary: 'What stdin is, for "-c -".',
      options: ['json', 'yaml', 'toml'] as const,
      default: 'json',
    })(),
  }

  override async run(): Promise<Validity> {
    const { args, flags } = await this.parse(ConfigValidate)
    const { findSettings, requireValid } = await import('../../settings/index.js')
    const file = args.file ?? flags.config
    const found = await findSettings({
      ...(file === '-' ? { stdin: { text: await readStdin(), format: flags.format } } : { file }),
      env: process.env,
      flags: {},
      cwd: process.cwd(),
    })
    for (const warning of found.warnings) this.warn(warning)
    const isValid = found.problems.length === 0
    if (!isValid && !this.jsonEnabled()) requireValid(found)
    if (isValid) this.log(`${found.file ?? 'These settings (no config file)'}: no problems found`)
    else process.exitCode = 2
    return { valid: isValid, file: found.file ?? null, problems: found.problems, warnings: found.warnings }
  }
}

async function readStdin(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
