import { dirname } from 'node:path'
import { Flags } from '@oclif/core'
import { DaemonCommand, renderTable, runTasks, stopOnSignals } from '../client/index.js'
import type { CollectedPay } from './collect.js'
import type { Network } from './network.js'
import type { PaidCall } from './pay.js'
import { stayUp } from './stay-up.js'
import { typedProgram } from './typed-program.js'

/** The payment sandbox as a command; `sandbox` and `sandbox pay` are both this one. */
export abstract class PaySandboxCommand extends DaemonCommand {
  static override summary = 'A local network with a paid service: chain, contracts, service, gate, paid calls.'
  static override description = `Starts anvil, deploys the real contracts, registers an organisation and a service, starts an example service behind the payment gate, opens a funded channel and pays for calls; at last the provider collects what was paid on another channel. It stays up until Ctrl-C. With --json one line tells a program where everything is, once all that is done.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --once',
    '<%= config.bin %> <%= command.id %> --json | head -1 | jq .endpoint',
  ]

  static override flags = {
    once: Flags.boolean({ summary: 'End after that.' }),
    directory: Flags.string({
      summary: 'Keep files here instead of a directory that is removed at the end.',
      helpValue: 'DIR',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(this.ctor as typeof PaySandboxCommand)
    using stop = stopOnSignals()
    const quiet = this.jsonEnabled()
    const { collectPay, finish, makePaidCalls, newDraft, stages } = await import('./index.js')
    const draft = newDraft({ searchPath: process.env['PATH'] ?? '', directory: flags.directory })
    try {
      await runTasks(
        stages.map(({ title, run }) => ({
          title,
          run: async () => {
            stop.signal.throwIfAborted()
            return await run(draft)
          },
        })),
        { quiet },
      )
      const network = finish(draft)
      const calls = await makePaidCalls(network)
      const collected = await collectPay(network)
      if (quiet) this.logJson(asJson(network, calls, collected))
      else this.log(await report(network, calls, collected))
      if (flags.once) return
      if (!quiet) this.log(nextSteps(network, this.config.bin))
      await stayUp(stop.signal, { isRead: quiet })
    } catch (fault) {
      if (!stop.signal.aborted) throw fault
    } finally {
      await draft.life[Symbol.asyncDispose]()
      if (draft.directory && !flags.directory) this.logToStderr(`Removed ${draft.directory}.`)
    }
  }
}

function asJson(network: Network, calls: readonly PaidCall[], collected: CollectedPay): object {
  const first = calls[0]?.payment
  const last = calls.at(-1)?.payment
  return {
    endpoint: network.endpoint,
    chain: {
      rpc: network.rpc,
      chain_id: network.chainId,
      registry: network.contracts.registry,
      mpe: network.contracts.mpe,
      token: network.contracts.token,
    },
    keys: { client: network.client.key, provider: network.owner.key },
    org: network.names.organization,
    service: network.names.service,
    group: network.group.name,
    channel: {
      id: String(network.channel),
      nonce: String(last?.nonce),
      amount_before: String(first?.amountBefore),
      amount_after: String(last?.amount),
      price: String(last?.price),
    },
    claim: {
      channel: String(collected.channel),
      amount: String(collected.amount),
      wallet_before: String(collected.before),
      wallet_after: String(collected.after),
    },
    metadata_endpoint: network.metadata.url,
    config_file: network.configFile,
    data_dir: network.dataDir,
    python_dir: network.pythonDir,
  }
}

async function report(network: Network, calls: readonly PaidCall[], collected: CollectedPay): Promise<string> {
  const balance = await network.readChannelValue()
  const rows = calls.map(({ method, payment }) => [
    method,
    String(payment.channel),
    String(payment.nonce),
    String(payment.amountBefore),
    String(payment.amount),
    String(payment.price),
    String(balance),
  ])
  const answers = calls.map(
    ({ method, request, answers }) =>
      `  ${method} ${JSON.stringify(request)} → ${answers.map((a) => JSON.stringify(a)).join(' ')}`,
  )
  return [
    '',
    'Paid calls (amounts in cogs):',
    ...answers,
    '',
    renderTable(['method', 'channel', 'nonce', 'amount before', 'amount after', 'price', 'on-chain balance'], rows),
    '',
    `The provider collects what a call on channel ${collected.channel} paid, and withdraws it: ${collected.amount} cogs.`,
    `His wallet: ${collected.before} cogs before, ${collected.after} cogs after.`,
  ].join('\n')
}

/** What to type while the sandbox stays up, in lines that fit a terminal. */
function nextSteps(network: Network, bin: string): string {
  const { organization, service } = network.names
  const program = typedProgram(bin)
  const call = (method: string, request: string, ...more: string[]): string[] => [
    `  ${program} call ${organization} ${service} ${method} -d '${request}' \\`,
    `    ${['-c $D/snetd.config.json --key-file $D/client.key', ...more].join(' ')}`,
  ]
  return [
    '',
    `The gate listens on ${network.endpoint}. Try next, in another terminal:`,
    `  D=${dirname(network.configFile)}`,
    ...call('mul', '{"a": 6, "b": 7}'),
    ...call('count', '{"a": 1, "b": 5}', '--dry-run'),
    `  ${program} claim --all --dry-run -c $D/snetd.config.json \\`,
    '    --key-file $D/provider.key',
    `  ${program} serve --help`,
    '  cat $D/python/.env   # for snet-sdk and snet-cli: docs/python-clients.md',
    'Ctrl-C ends the sandbox; its own directory is then removed.',
  ].join('\n')
}
