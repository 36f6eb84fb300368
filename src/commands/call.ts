import { Args, Flags } from '@oclif/core'
import {
  DaemonCommand,
  keyFlags,
  networkFlags,
  parseChannel,
  parseCogs,
  parseSize,
  parseTimeout,
  readData,
  requireKeySource,
  resolveNetwork,
  stopOnSignals,
} from '../client/index.js'
import { SnetError } from '../shared/errors.js'
import type { PlannedPayment, PreparedCall } from '../wallet/index.js'

export default class Call extends DaemonCommand {
  static override summary = 'Call a method of a service and pay for it.'
  static override description = `Finds the service in the Registry, asks the daemon for the state of your payment channel, signs the price of one call on top of what you signed before, and calls. Where the proto files say that the service itself names the price, it is asked first, with the first message of the call. It trusts a daemon only for what carries your own signature.
Streams are JSON lines, in both directions. Amounts are in cogs, the smallest unit of the token.`

  static override examples = [
    `<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc add -d '{"a": 2, "b": 3}' -c snetd.config.json --key-file client.key`,
    `<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc add -d @numbers.json -c snetd.config.json --key-file client.key --max-price 10`,
    `seq 3 | jq -c '{value: .}' | <%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc running_sum -d - -c snetd.config.json --key-file client.key`,
  ]

  static override args = {
    organization: Args.string({ description: 'Organisation id.', required: true, ignoreStdin: true }),
    service: Args.string({ description: 'Service id.', required: true, ignoreStdin: true }),
    method: Args.string({
      description: 'Method: add, Calculator/add or /package.Calculator/add.',
      required: true,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    data: Flags.string({
      char: 'd',
      summary: 'Request as JSON; @FILE reads a file, - reads stdin to its end.',
      default: '{}',
      helpValue: 'JSON',
    }),
    'dry-run': Flags.boolean({ summary: 'Show what would be signed, and call nothing.' }),
    'max-price': Flags.string({
      summary: 'Refuse to pay more than this for the call; needed where the service names prices itself.',
      helpValue: 'COGS',
    }),
    'published-price': Flags.boolean({
      summary: 'Pay the published price, also where the service can be asked for one.',
    }),
    channel: Flags.string({
      summary: 'Channel to pay with; by default your fullest one that covers the price.',
      helpValue: 'ID',
    }),
    endpoint: Flags.string({ summary: 'Daemon to call instead of the published one.', helpValue: 'HOST:PORT' }),
    timeout: Flags.string({
      summary: 'How long the call may take, including what is read before it; a plain number means seconds.',
      default: '100s',
      helpValue: 'DURATION',
    }),
    'max-message-size': Flags.string({
      summary: 'Refuse an answer with a larger message; with --json, a stream that is larger as a whole.',
      default: '4MiB',
      helpValue: 'SIZE',
    }),
    metadata: Flags.string({
      summary: 'Header to send along; may be repeated.',
      multiple: true,
      helpValue: 'NAME=VALUE',
    }),
    ...networkFlags,
    ...keyFlags,
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Call)
    using stop = stopOnSignals()
    const { group, ...network } = await resolveNetwork(flags)
    const { parseRequests, prepareCall, readKey } = await import('../wallet/index.js')
    const key = await readKey(requireKeySource(flags, process.env))
    const target = {
      ...args,
      group,
      endpoint: flags.endpoint,
      channel: flags.channel === undefined ? undefined : parseChannel('--channel', flags.channel),
      publishedPrice: flags['published-price'],
      maxPrice: flags['max-price'] === undefined ? undefined : parseCogs('--max-price', flags['max-price']),
    }
    const headers = parseHeaders(flags.metadata ?? [])
    const maxMessageBytes = parseSize(flags['max-message-size'])
    const limits = { timeoutMs: parseTimeout(flags.timeout), signal: stop.signal }
    using call = await prepareCall(network, target, key, limits)
    const requests = parseRequests((await readData(flags.data, process.stdin)).toString('utf8'), call.method)
    const payment = shownPayment(call, call.payment, call.priceMethod)
    if (flags['dry-run']) {
      if (call.priceMethod !== undefined)
        this.logToStderr(`${call.priceMethod} names the price of the call. It is asked for this:`)
      this.log(JSON.stringify({ would_sign: payment }, null, 2))
      return { would_sign: payment }
    }
    const answers = new CollectedAnswers(maxMessageBytes)
    let paid = payment
    const onPriced = (named: PlannedPayment): void => {
      paid = shownPayment(call, named)
      this.logToStderr(
        `The service asks ${named.price} cogs for this call (asked at ${call.priceMethod}, for ${payment.price}).`,
      )
    }
    for await (const answer of call.run(requests, { headers, maxMessageBytes, onPriced, ...limits })) {
      if (this.jsonEnabled()) answers.add(answer)
      else await this.print(JSON.stringify(answer, null, call.method.responseStream ? 0 : 2))
    }
    const { price, channel, left } = paid
    this.logToStderr(`Paid ${price} cogs on channel ${channel}, ${left} left.`)
    const { list } = answers
    const told = { payment: paid, ...(paid !== payment && { price_question: payment }) }
    return call.method.responseStream ? { results: list, ...told } : { result: list[0], ...told }
  }
}

/** The answers that `--json` prints at the end. They are kept in memory up to a bound: a stream may never end. */
class CollectedAnswers {
  readonly list: unknown[] = []
  #left: number

  constructor(readonly maxBytes: number) {
    this.#left = maxBytes
  }

  add(answer: unknown): void {
    this.#left -= JSON.stringify(answer).length
    if (this.#left < 0 && this.list.length > 0) {
      throw new SnetError(
        'upstream-failed',
        `the answers are larger than ${this.maxBytes} bytes; the call may have been paid`,
        {
          hint: 'Without --json they are printed as they come; --max-message-size raises the bound.',
        },
      )
    }
    this.list.push(answer)
  }
}

/** Refuses headers that the program sets itself. */
function parseHeaders(pairs: readonly string[]): Record<string, string> {
  const headers = pairs.map((pair) => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).toLowerCase()
    if (at < 1 || !/^[a-z0-9_.-]+$/.test(name) || name.startsWith('grpc-') || name.startsWith('snet-')) {
      throw new SnetError(
        'invalid-request',
        `--metadata must be NAME=VALUE with a header name of your own, not "${pair}"`,
      )
    }
    return [name, pair.slice(at + 1)] as const
  })
  return Object.fromEntries(headers)
}

const shownPayment = ({ endpoint, method }: PreparedCall, payment: PlannedPayment, path = method.path) => ({
  endpoint,
  method: path,
  channel: String(payment.channel),
  nonce: String(payment.nonce),
  amount_before: String(payment.amountBefore),
  amount: String(payment.amount),
  price: String(payment.price),
  left: String(payment.left),
})
