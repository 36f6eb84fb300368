import { Args, Flags } from '@oclif/core'
import {
  DaemonCommand,
  keyFlags,
  keySourceOf,
  networkFlags,
  parseTimeout,
  renderService,
  resolveNetwork,
  stopOnSignals,
} from '../client/index.js'
import type { ServiceDescription } from '../wallet/index.js'

export default class Describe extends DaemonCommand {
  static override summary = 'Show a service: endpoints, methods, prices, message fields, and your channels to it.'
  static override description = `Reads what is published in the Registry and asks no daemon. With a key it also lists the channels of that key; nothing is signed.
Amounts are in cogs, the smallest unit of the token. Tables shorten addresses; --json has them whole.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc -c snetd.config.json',
    '<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc add -c snetd.config.json --key-file client.key',
    '<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc -c snetd.config.json --json | jq ".methods[].path"',
  ]

  static override args = {
    organization: Args.string({ description: 'Organisation id.', required: true, ignoreStdin: true }),
    service: Args.string({ description: 'Service id.', required: true, ignoreStdin: true }),
    method: Args.string({ description: 'One method; all by default.', ignoreStdin: true }),
  }

  static override flags = {
    timeout: Flags.string({
      summary: 'How long the reading may take; a plain number means seconds.',
      default: '100s',
      helpValue: 'DURATION',
    }),
    ...networkFlags,
    ...keyFlags,
  }

  override async run(): Promise<ServiceDescription> {
    const { args, flags } = await this.parse(Describe)
    using stop = stopOnSignals()
    const { group, ...network } = await resolveNetwork(flags)
    const { describeService, readKey } = await import('../wallet/index.js')
    const source = keySourceOf(flags, process.env)
    const key = source && (await readKey(source))
    const limits = { timeoutMs: parseTimeout(flags.timeout), signal: stop.signal }
    const description = await describeService(network, { ...args, group }, key, limits)
    for (const fault of description.faults) this.warn(fault)
    this.log(renderService(description))
    return description
  }
}
