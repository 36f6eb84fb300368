import { describe, expect, test } from 'vitest'
import { createProtoArchive } from '../../../../src/content/index.js'
import { openMetadata, type ServiceContext } from '../../../../src/daemon/metadata/index.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { startIpfsServer } from '../../../support/ipfs-server.js'
import { quietLog } from '../../../support/quiet-log.js'

const MPE = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const PROVIDER = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'
const GROUP_ID = Buffer.alloc(32, 7).toString('base64')
const CALCULATOR = `syntax = "proto3"; package calc; message N { double n = 1; }
  service Calc {
    rpc add(N) returns (N); rpc sum(stream N) returns (N); rpc count(N) returns (stream N); rpc chat(stream N) returns (stream N);
  }`

/** What a provider has published; a case changes what matters to it. */
interface Published {
  organization?: unknown
  service?: Record<string, unknown>
  group?: Record<string, unknown>
  pricing?: unknown
  freeCalls?: Record<string, unknown>
  payment?: Record<string, unknown>
  proto?: Uint8Array | null
  dynamicPrices?: boolean
  isRegistered?: { organization?: boolean; service?: boolean }
}

const fixed = (price: unknown): unknown => [{ price_model: 'fixed_price', price_in_cogs: price, default: true }]

/** JSON in which a bigint is a number, as providers write amounts beyond 2^53. */
const toBytes = (value: unknown): Uint8Array => {
  if (value instanceof Uint8Array) return value
  const text = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `@${one}@` : one))
  return Buffer.from(text.replace(/"@(\d+)@"/g, '$1'))
}

async function open(published: Published = {}, groupName = 'default_group'): Promise<[ServiceContext, string[]]> {
  await using ipfs = await startIpfsServer()
  const archive =
    published.proto === undefined ? await createProtoArchive({ 'calc.proto': CALCULATOR }) : published.proto
  const organization = published.organization ?? {
    org_name: 'Example',
    groups: [
      { group_name: 'other', group_id: Buffer.alloc(32, 1).toString('base64'), payment: {} },
      {
        group_name: 'default_group',
        group_id: GROUP_ID,
        payment: { payment_address: PROVIDER, payment_expiration_threshold: 100, ...published.payment },
        ...published.group,
      },
    ],
  }
  const service = {
    encoding: 'proto',
    service_type: 'grpc',
    mpe_address: MPE,
    ...(archive && { service_api_source: `ipfs://${await ipfs.add(archive)}` }),
    groups: [{ group_name: 'default_group', pricing: published.pricing ?? fixed(3), ...published.freeCalls }],
    ...published.service,
  }
  const [organizationUri, serviceUri] = await Promise.all([ipfs.add(toBytes(organization)), ipfs.add(toBytes(service))])
  const { organization: hasOrganization = true, service: hasService = true } = published.isRegistered ?? {}
  const registry = {
    organizationUri: async () => (hasOrganization ? `ipfs://${organizationUri}` : undefined),
    serviceUri: async () => (hasService ? `ipfs://${serviceUri}\0\0` : undefined),
  }
  const lines: string[] = []
  const context = await openMetadata(
    {
      organization: 'org',
      service: 'svc',
      group: groupName,
      ...(published.dynamicPrices && { dynamicPrices: true }),
      sources: { ipfs: ipfs.url, lighthouse: `${ipfs.url}/ipfs/`, timeoutMs: 10_000, redirects: false },
    },
    { log: quietLog(lines), registry, toAddress },
  )
  return [context.current, lines]
}

const refusal = async (opening: Promise<unknown>): Promise<SnetError> =>
  await opening.then(
    () => expect.fail('nothing was refused'),
    (fault: SnetError) => fault,
  )

test('a service is known by what was published of it', async () => {
  const [context, lines] = await open()
  expect(context).toMatchObject({
    organization: 'org',
    service: 'svc',
    group: { name: 'default_group', idText: GROUP_ID },
    terms: { mpe: MPE, groupId: context.group.id, recipient: PROVIDER, expirationThreshold: 100n },
    encoding: 'proto',
    protoServices: ['calc.Calc'],
  })
  expect(Buffer.from(context.group.id.slice(2), 'hex')).toEqual(Buffer.alloc(32, 7))
  expect(lines).toEqual([])
})

const NOT_HELD = 'calls of any method are forwarded, and unary answers cannot be held back until their payment is kept'

test('methods that answer with one message are told from those that stream', async () => {
  const [{ methods }] = await open()
  const answersOnce = (name: string) => methods.find(`/calc.Calc/${name}`)?.answersOnce
  expect(['add', 'sum', 'count', 'chat'].map(answersOnce)).toEqual([true, true, false, false])
})

test('a service that speaks JSON has the messages of its methods written as JSON', async () => {
  const [{ serviceType, translated }] = await open({ service: { service_type: 'http' } })
  expect(serviceType).toBe('http')
  expect(translated.paths).toContain('/calc.Calc/add')
  const add = translated.find('/calc.Calc/add')
  expect(add?.request.toJson(add.response.fromJson({ n: 2 }))).toEqual({ n: 2 })
})

test.each([
  ['http', 'proto'],
  ['http', 'json'],
  ['jsonrpc', 'proto'],
])('a service of type %s in %s needs proto files', async (type, encoding) => {
  const service = { service_type: type, encoding }
  for (const proto of [null, await createProtoArchive({ 'a.proto': 'syntax = "proto3"; message A {}' })])
    expect((await refusal(open({ service, proto }))).message).toBe(
      `service metadata: service_type "${type}" needs proto files that declare the methods of the service`,
    )
  expect((await refusal(open({ service, proto: Buffer.from('nonsense') }))).kind).toBe('invalid-config')
})

test.each([
  ['jsonrpc', 'json'],
  ['process', 'proto'],
])('a service of type %s in %s needs none', async (type, encoding) => {
  const [{ serviceType }] = await open({ service: { service_type: type, encoding }, proto: null })
  expect(serviceType).toBe(type)
})

test('only the very paths of the proto files are methods', async () => {
  const [{ methods }] = await open()
  for (const path of [
    '/calc.Calc/gone',
    '/calc.Calc/Add',
    '/calc.calc/add',
    '/Calc/add',
    'calc.Calc/add',
    '/calc.Calc/add?',
  ])
    expect(methods.find(path)).toBeUndefined()
})

test.each([
  ['no proto files', null, 'the service publishes no proto files'],
  ['an archive that is none', Buffer.from('nonsense'), 'the proto files of the service cannot be used'],
  [
    'an archive without proto files',
    Buffer.alloc(1_024),
    'the archive that the service publishes holds no proto files',
  ],
  [
    'proto files without a service',
    await createProtoArchive({ 'a.proto': 'syntax = "proto3"; message A {}' }),
    'the proto files of the service declare no methods',
  ],
])('a service with %s is served all the same, with a warning', async (_what, proto, warning) => {
  const [{ methods }, lines] = await open({ proto })
  expect(methods.find('/any.Service/method')).toEqual({ asksOnce: false, answersOnce: false, isAssumed: true })
  expect(lines).toEqual([`${warning}: ${NOT_HELD}`])
})

test('a proto file that cannot be used is told, and costs the methods of no other', async () => {
  const [{ methods }, lines] = await open({
    proto: await createProtoArchive({
      'calc.proto': CALCULATOR,
      'bad.proto': 'message {',
      'worse.proto': 'import "bad.proto";',
    }),
  })
  expect(methods.find('/calc.Calc/add')).toEqual({ asksOnce: true, answersOnce: true })
  expect(methods.find('/any.Service/method')).toBeUndefined()
  const line = 'a proto file of the service cannot be used, and calls of its methods are refused'
  expect(lines).toEqual([line, line])
})

test.each([
  ['organisation "org"', { organization: false }],
  ['service "svc" of organisation "org"', { service: false }],
])('%s that is not registered is named', async (what, isRegistered) => {
  const { kind, message } = await refusal(open({ isRegistered }))
  expect(kind).toBe('not-found')
  expect(message).toBe(`${what} is not registered`)
})

test('an unknown group is told in the text that programs know, with the groups there are', async () => {
  const { kind, message, hint } = await refusal(open({}, 'Default_Group'))
  expect(kind).toBe('invalid-config')
  expect(message).toBe(
    'group name Default_Group in config is invalid, there was no group found with this name in the metadata',
  )
  expect(hint).toContain('"other", "default_group"')
})

test('all faults of one document are told together', async () => {
  const { kind, message } = await refusal(
    open({ group: { group_id: undefined, payment: { payment_address: 'nobody', payment_expiration_threshold: -1 } } }),
  )
  expect(kind).toBe('invalid-config')
  expect(message.split('\n')).toHaveLength(3)
  expect(message).toContain('groups "default_group".group_id must be a text')
  expect(message).toContain('groups "default_group".payment.payment_address: ')
  expect(message).toContain('payment_expiration_threshold must be a whole number from 0 on')
})

test('a missing expiration threshold is told as missing', async () => {
  const { message } = await refusal(open({ payment: { payment_expiration_threshold: undefined } }))
  expect(message).toBe(
    'organisation metadata: groups "default_group".payment.payment_expiration_threshold must be a whole number from 0 on, and is missing',
  )
})

test.each([undefined, '', '0x0000000000000000000000000000000000000000'])(
  'a recipient of %j is missing',
  async (payment_address) => {
    const { message } = await refusal(open({ payment: { payment_address } }))
    expect(message).toContain('Mandatory field : Recipient Address is missing for the Group default_group ')
  },
)

test.each([
  ['no JSON', Buffer.from('groups: []'), 'invalid JSON in organisation metadata'],
  ['JSON without groups', {}, 'organisation metadata: groups must be a list'],
  ['a single text', 'groups', 'organisation metadata: groups must be a list'],
  [
    'lists within lists',
    Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    'organisation metadata nests deeper',
  ],
  ['a list', [], 'organisation metadata: groups must be a list'],
])('an organisation whose metadata is %s is refused', async (_what, organization, expected) => {
  const { kind, message } = await refusal(open({ organization }))
  expect(kind).toBe('invalid-config')
  expect(message).toContain(expected)
})

test.each([
  ['a number', 3],
  ['text', '3'],
  ['a number beyond 2^53', 1_000_000_000_000_000_001n],
  ['text beyond 2^53', '1000000000000000001'],
  ['nothing', 0],
])('a price given as %s is exact', async (_what, price) => {
  const [{ prices }] = await open({ pricing: fixed(price), proto: null })
  expect(prices.priceOf('/calc.Calc/add')).toBe(BigInt(price))
})

test.each([-1, 0.5, '0x10', '', null, true, '1e3'])('a price of %j is refused', async (price) => {
  const { message } = await refusal(open({ pricing: fixed(price) }))
  expect(message).toContain('pricing.price_in_cogs must be a whole number from 0 on')
})

const perMethod = (more: Record<string, unknown>): unknown => [
  { price_model: 'fixed_price', price_in_cogs: 99 },
  { default: true, price_model: 'fixed_price_per_method', ...more },
]
const details = [
  {
    service_name: 'Calc',
    method_pricing: [
      { method_name: 'add', price_in_cogs: 1 },
      { method_name: 'sum', price_in_cogs: 2 },
    ],
  },
  { service_name: 'Other', method_pricing: [{ method_name: 'add', price_in_cogs: 3 }] },
]

test('each method has its price, and a method without one has none', async () => {
  const [{ prices }] = await open({ pricing: perMethod({ package_name: 'calc', details }), proto: null })
  expect(['Calc/add', 'Calc/sum', 'Other/add', 'Calc/count'].map((name) => prices.priceOf(`/calc.${name}`))).toEqual([
    1n,
    2n,
    3n,
    undefined,
  ])
})

test('methods of services without a package have none in their path', async () => {
  const [{ prices }] = await open({ pricing: perMethod({ details }), proto: null })
  expect(prices.priceOf('/Calc/add')).toBe(1n)
  expect(prices.priceOf('/calc.Calc/add')).toBeUndefined()
})

test.each([
  [
    'without a default',
    [{ price_model: 'fixed_price', price_in_cogs: 1 }],
    'metadata does not have the default pricing set',
  ],
  ['empty', [], 'metadata does not have the default pricing set'],
  ['no list', 'cheap', 'pricing must be a list'],
  [
    'of an unknown model',
    [{ default: true, price_model: 'auction' }],
    'No PricingStrategy strategy defined in Metadata ',
  ],
  ['per method without methods', perMethod({ details: [] }), 'service / method level pricing is not defined correctly'],
  [
    'per method with a faulty price',
    perMethod({ details: [{ service_name: 'Calc', method_pricing: [{ method_name: 'add' }] }] }),
    'pricing.details[0].method_pricing[0].price_in_cogs must be a whole number from 0 on, and is missing',
  ],
])('pricing that is %s is refused', async (_what, pricing, expected) => {
  const { kind, message } = await refusal(open({ pricing }))
  expect(kind).toBe('invalid-config')
  expect(message).toContain(expected)
})

test.each([
  [
    'service type',
    { service_type: 'soap' },
    'service metadata: service_type must be grpc, http, jsonrpc or process, it is "soap"',
  ],
  [
    'service type missing',
    { service_type: undefined },
    'service metadata: service_type must be grpc, http, jsonrpc or process, it is missing',
  ],
  ['encoding', { encoding: 'xml' }, 'service metadata: encoding must be proto or json, it is "xml"'],
  ['encoding missing', { encoding: undefined }, 'service metadata: encoding must be proto or json, it is missing'],
  ['encoding in capitals', { encoding: 'PROTO' }, 'service metadata: encoding must be proto or json, it is "PROTO"'],
  ['contract address', { mpe_address: '0x12' }, 'service metadata: mpe_address: '],
  ['contract address missing', { mpe_address: undefined }, 'service metadata: mpe_address must be a text, and is mi'],
  ['list of endpoints', { groups: [{ group_name: 'default_group', pricing: fixed(1), endpoints: 'x' }] }, 'endpoints'],
  ['source of proto files', { service_api_source: 7 }, 'service metadata: service_api_source must be a text'],
])('a service with an unusable %s is refused', async (_what, service, expected) => {
  const { kind, message, hint } = await refusal(open({ service }))
  expect(kind).toBe('invalid-config')
  expect(message).toContain(expected)
  expect(hint).toBeTruthy()
})

test('faults of both documents are told together, with their cures', async () => {
  const { kind, message, hint } = await refusal(
    open({
      payment: { payment_address: '' },
      service: { encoding: 'xml', service_type: 'soap', mpe_address: undefined },
      pricing: [{ price_model: 'fixed_price', price_in_cogs: 1 }],
    }),
  )
  expect(kind).toBe('invalid-config')
  expect(message.split('\n')).toEqual([
    'organisation metadata: Mandatory field : Recipient Address is missing for the Group default_group ',
    'service metadata: encoding must be proto or json, it is "xml"',
    'service metadata: service_type must be grpc, http, jsonrpc or process, it is "soap"',
    'service metadata: mpe_address must be a text, and is missing',
    'metadata does not have the default pricing set',
  ])
  expect(hint).toBe(
    [
      'Set groups "default_group".payment.payment_address to the address that payments are for, publish the metadata again and register its new address.',
      'Mark one entry of groups "default_group".pricing with "default": true and publish the metadata again.',
      'Publish corrected metadata and register its new address.',
    ].join(' '),
  )
})

test('a group that the service alone lacks is told with the groups it has', async () => {
  const { message, hint } = await refusal(open({ service: { groups: [{ group_name: 'another', pricing: fixed(1) }] } }))
  expect(message).toContain('group name default_group in config is invalid')
  expect(hint).toContain('"another"')
})

test.each([
  ['no base64', { group_id: 'not base64!' }, 'groups "default_group".group_id must be 32 bytes in base64'],
  [
    'an etcd that is no list',
    {
      payment: {
        payment_address: PROVIDER,
        payment_expiration_threshold: 1,
        payment_channel_storage_client: { endpoints: 'x' },
      },
    },
    'payment_channel_storage_client.endpoints must be a list',
  ],
])('an organisation with %s is refused', async (_what, group, expected) => {
  const { kind, message } = await refusal(open({ group }))
  expect(kind).toBe('invalid-config')
  expect(message).toContain(expected)
})

test.each([
  ['hashed in a way that cannot be checked', 'filecoin://bafkqaaa'],
  ['addressed by a host', 'http://127.0.0.1:1/protos.tar'],
])('a service whose proto files are %s is served all the same, with a warning', async (_what, uri) => {
  const [, lines] = await open({ service: { service_api_source: uri } })
  expect(lines).toEqual([`the proto files of the service cannot be used: ${NOT_HELD}`])
})

test('a document that cannot be had is named', async () => {
  await using ipfs = await startIpfsServer()
  const uri = async (): Promise<string> => 'ipfs://QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'
  const { kind, message } = await refusal(
    openMetadata(
      {
        organization: 'org',
        service: 'svc',
        group: 'g',
        sources: { ipfs: ipfs.url, lighthouse: '', timeoutMs: 10_000, redirects: false },
      },
      { log: quietLog([]), registry: { organizationUri: uri, serviceUri: async () => 'ftp://x/y' }, toAddress },
    ),
  )
  expect(kind).toBe('invalid-config')
  expect(message).toBe('service metadata: "ftp://x/y" is not a content address: ftp is never fetched')
})

test('the older field for the proto files counts where the newer is absent', async () => {
  await using ipfs = await startIpfsServer()
  const archive = await createProtoArchive({ 'calc.proto': CALCULATOR })
  const cid = await ipfs.add(archive)
  const [{ methods }] = await open({ service: { service_api_source: '', model_ipfs_hash: cid } })
  expect(methods.find('/calc.Calc/add')?.answersOnce).toBe(true)
})

describe('prices that the service names itself', () => {
  const PRICED = `syntax = "proto3"; package shop;
    import "pricing.proto";
    service Shop {
      rpc buy(Order) returns (Order) { option (pricing.my_method_option).estimatePriceMethod = "/shop.Prices/of"; }
      rpc lend(Order) returns (Order) { option (.pricing.my_method_option) = { estimatePriceMethod: "/shop.Prices/of" }; }
      rpc lose(Order) returns (Order) { option (pricing.my_method_option).estimatePriceMethod = "/shop.Prices/gone"; }
      rpc flow(Order) returns (Order) { option (pricing.my_method_option).estimatePriceMethod = "/shop.Prices/all"; }
      rpc look(Order) returns (Order);
    }
    message Order { string what = 1; }`
  const PRICES = `syntax = "proto3"; package shop;
    import "pricing.proto"; import "shop.proto";
    service Prices {
      rpc of(Order) returns (pricing.PriceInCogs);
      rpc all(Order) returns (stream pricing.PriceInCogs);
    }
    service Rent { rpc rent(Order) returns (Order) { option (pricing.my_method_option).estimatePriceMethod = "/shop.Prices/of"; } }`
  const PRICING = `syntax = "proto3"; package pricing;
    import "google/protobuf/descriptor.proto";
    message EstimatePrice { string estimatePriceMethod = 1; }
    message PriceInCogs { uint64 price = 1; }
    extend google.protobuf.MethodOptions { EstimatePrice my_method_option = 9999127; }`
  const proto = () => createProtoArchive({ 'shop.proto': PRICED, 'prices.proto': PRICES, 'pricing.proto': PRICING })

  test('are found in every file, by the option alone; other methods have that of the metadata', async () => {
    const [{ prices }, lines] = await open({ proto: await proto(), dynamicPrices: true })
    const askedAt = ['Shop/buy', 'Shop/lend', 'Rent/rent', 'Shop/look'].map((name) => prices.askedAt?.(`/shop.${name}`))
    expect(askedAt).toEqual(['/shop.Prices/of', '/shop.Prices/of', '/shop.Prices/of', undefined])
    expect(prices.priceOf('/shop.Shop/look')).toBe(3n)
    expect(lines).toContain('the service itself names the price of these methods')
  })

  test('where nobody can be asked there is no price, and a warning', async () => {
    const [{ prices }, lines] = await open({ proto: await proto(), dynamicPrices: true })
    for (const method of ['/shop.Shop/lose', '/shop.Shop/flow'])
      expect([prices.askedAt?.(method), prices.priceOf(method)]).toEqual([undefined, undefined])
    expect(lines.filter((line) => line.includes('its calls are refused'))).toHaveLength(2)
  })

  test('count only where they are wanted, and where messages are protobuf', async () => {
    const [{ prices }] = await open({ proto: await proto() })
    expect([prices.askedAt?.('/shop.Shop/buy'), prices.priceOf('/shop.Shop/buy')]).toEqual([undefined, 3n])
    const { message } = await refusal(open({ service: { encoding: 'json' }, dynamicPrices: true }))
    expect(message).toBe('enable_dynamic_pricing: the encoding of the service is not proto')
  })
})

test.each([
  ['none where no signer is published', { free_calls: 7 }, 0n, undefined],
  ['none where the signer is empty', { free_calls: 7, free_call_signer_address: '' }, 0n, undefined],
  ['as many as are published', { free_calls: 7, free_call_signer_address: PROVIDER.toLowerCase() }, 7n, PROVIDER],
  ['none of everybody’s without a number', { free_call_signer_address: PROVIDER }, 0n, PROVIDER],
])('free calls are %s', async (_what, freeCalls, quota, signer) => {
  expect((await open({ freeCalls, proto: null }))[0].freeCalls).toEqual({ quota, signer })
})

test.each([
  [
    'a signer that is no address',
    { free_call_signer_address: 'me' },
    "metadata does not have 'free_call_signer_address defined correctly",
  ],
  [
    'a number below 0',
    { free_calls: -1, free_call_signer_address: PROVIDER },
    '.free_calls must be a whole number from 0 on',
  ],
])('free calls with %s are refused', async (_what, freeCalls, text) => {
  const { kind, message } = await refusal(open({ freeCalls }))
  expect([kind, message]).toEqual(['invalid-config', expect.stringContaining(text)])
})
