import { InfraSandboxCommand } from '../../sandbox/infra-command.js'

export default class SandboxInfra extends InfraSandboxCommand {}
