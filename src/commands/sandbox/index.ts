import { PaySandboxCommand } from '../../sandbox/command.js'

/** Under the name infra it is `sandbox infra`: see client/command-line.ts. */
export default class Sandbox extends PaySandboxCommand {
  static override summary = 'A network on this machine: a paid service, or, under the name infra, test hosts.'
}
