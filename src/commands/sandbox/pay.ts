import { PaySandboxCommand } from '../../sandbox/command.js'

export default class SandboxPay extends PaySandboxCommand {}
