import { PaySandboxCommand } from '../../sandbox/command.js'

export default class Sandbox extends PaySandboxCommand {}
