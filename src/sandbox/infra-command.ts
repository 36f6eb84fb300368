import { Flags } from '@oclif/core'
import { DaemonCommand, runTasks, stopOnSignals } from '../client/index.js'
import type { InfraSandbox } from './infra.js'
import { stayUp } from './stay-up.js'
import { typedProgram } from './typed-program.js'

/** The sandbox of test hosts as a command; `sandbox infra`, and `sandbox` alone under the name infra. */
export abstract class InfraSandboxCommand extends DaemonCommand {
  static override summary = 'Test hosts on this machine: Bertys, control daemons, a group, a run and its numbers.'
  static override description = `Starts fake Bertys with a network between them, and a control daemon beside each. The first makes a group, the others join, a test runs, and the report is shown. It stays up until Ctrl-C. With --json one line tells a program where everything is, and the report.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --peers 5 --once',
    '<%= config.bin %> <%= command.id %> --once --json | jq .report.verdict',
  ]

  static override flags = {
    peers: Flags.integer({ summary: 'How many hosts.', default: 3, min: 2, max: 20 }),
    amount: Flags.integer({ summary: 'Messages that each host sends.', default: 20, min: 1, max: 10_000 }),
    seed: Flags.string({ summary: 'Seed of the fake network and of the message bodies.', default: 'sandbox' }),
    once: Flags.boolean({ summary: 'End after the run.' }),
    directory: Flags.string({
      summary: 'Keep files here instead of a directory that is removed at the end.',
      helpValue: 'DIR',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(this.ctor as typeof InfraSandboxCommand)
    using stop = stopOnSignals()
    const quiet = this.jsonEnabled()
    const { GROUP, makeGroup, openInfraSandbox, runTest } = await import('./infra.js')
    const { renderReport } = await import('../client/fleet/index.js')
    const opened: { sandbox?: InfraSandbox } = {}
    const needed = (): InfraSandbox => opened.sandbox as InfraSandbox
    try {
      await runTasks(
        [
          {
            title: `${flags.peers} Bertys (fakes), and a control daemon beside each`,
            run: async () => {
              opened.sandbox = await openInfraSandbox({ ...flags })
              return opened.sandbox.hosts.map(({ address }) => address).join(', ')
            },
          },
          {
            title: `A group "${GROUP}"`,
            run: async () => {
              await makeGroup(needed().fleet, GROUP)
              return 'made by peer1, joined by all'
            },
          },
        ].map(({ title, run }) => ({
          title,
          run: async () => {
            stop.signal.throwIfAborted()
            return await run()
          },
        })),
        { quiet },
      )
      const { fleet, hosts, inventory } = needed()
      const run = { size: 300, intervalUs: 50_000, amount: flags.amount, seed: flags.seed, signal: stop.signal }
      const report = await runTest(fleet, run)
      if (quiet) {
        const places = hosts.map(({ name, address, berty }) => ({ name, address, berty }))
        this.logJson({ hosts: places, inventory, group: GROUP, report })
      } else this.log(`\n${renderReport(report)}`)
      if (flags.once) return
      if (!quiet) this.log(nextSteps(inventory, typedProgram(this.config.bin)))
      await stayUp(stop.signal, { isRead: quiet })
    } catch (fault) {
      if (!stop.signal.aborted) throw fault
    } finally {
      await opened.sandbox?.[Symbol.asyncDispose]()
      if (opened.sandbox && !flags.directory) this.logToStderr(`Removed ${opened.sandbox.directory}.`)
    }
  }
}

/** What to type while the sandbox stays up, in lines that fit a terminal. */
function nextSteps(inventory: string, program: string): string {
  return [
    '',
    'Try next, in another terminal:',
    `  export INFRA_INVENTORY=${inventory}`,
    `  ${program} peer list`,
    `  ${program} test new chat load --size 1kb --rate 20 --amount 500`,
    `  ${program} test start chat load --wait-ready 30s`,
    `  ${program} test watch chat load`,
    `  ${program} test report`,
    'Ctrl-C ends the sandbox; its own directory is then removed.',
  ].join('\n')
}
