// Who may import whom: one entry for each row of the table in docs/architecture.md. What is not allowed is forbidden.
const path = (...rooms) => rooms.map((room) => `^src/${room}/`)
const npm = (...names) => names.map((name) => `^node_modules/${name}/`)

/** Every import of the room goes to itself or to one of `allowed`; node's own modules are free unless `node` is false. */
const only = (room, allowed, { node = true, file = `^src/${room}/` } = {}) => ({
  name: `${room.replaceAll('/', '-')}-neighbours`,
  severity: 'error',
  from: { path: file },
  to: {
    pathNot: [file, ...allowed],
    dependencyTypesNot: node ? ['core'] : [],
  },
})

/** Of these ports the room may see the types only. */
const asTypes = (room, ports) => ({
  name: `${room.replaceAll('/', '-')}-ports-as-types`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: ports, dependencyTypesNot: ['type-only'] },
})

/** The door of a room: `index.ts`, or `ports.ts` for types. */
const door = (room) => ({
  name: `${room.replaceAll('/', '-')}-by-its-door`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${room}/` },
  to: { path: `^src/${room}/`, pathNot: [`^src/${room}/(index|ports)\\.ts$`] },
})

const daemon = (...rooms) => rooms.map((room) => `^src/daemon/${room}/`)
const paymentPorts = '^src/daemon/payments/ports\\.ts$'

module.exports = {
  options: {
    // Type imports count: a cycle of types is a cycle.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/commands/'] },
      to: {},
    },

    only('shared', [...npm('cosmiconfig', 'smol-toml')], { file: '^src/shared/(?!wire/)' }),
    only('shared/wire', [...path('shared'), ...npm('@grpc/grpc-js', '@grpc/proto-loader')]),
    only('ethereum', [
      ...path('shared'),
      ...npm('ethers', 'hash-wasm', '@bitauth/libauth', 'secp256k1', 'singularitynet-platform-contracts'),
    ]),
    only('content', [
      ...path('shared'),
      ...npm(
        'undici',
        'multiformats',
        'ipfs-unixfs',
        'ipfs-unixfs-importer',
        '@ipld/dag-pb',
        'tar-stream',
        'protobufjs',
      ),
    ]),
    only('client', [...path('shared', 'wallet'), ...npm('@oclif/core', 'listr2', 'cosmiconfig')]),
    only('wallet', [...path('shared', 'ethereum', 'content'), ...npm('ethers')]),
    only('sandbox', [
      ...path('shared', 'client', 'wallet', 'ethereum', 'content'),
      ...npm('ethers', '@oclif/core', 'singularitynet-platform-contracts', 'singularitynet-token-contracts'),
    ]),
    only('commands', [
      ...path('client', 'wallet', 'sandbox', 'shared'),
      '^src/daemon/index\\.ts$',
      ...npm('@oclif/core'),
    ]),
    {
      name: 'commands-apart',
      severity: 'error',
      from: { path: '^src/commands/([^.]+)\\.ts$' },
      to: { path: '^src/commands/', pathNot: '^src/commands/$1\\.ts$' },
    },
    {
      name: 'daemon-on-demand',
      severity: 'error',
      comment: 'A command that does not serve must not pay for loading the daemon.',
      from: { path: '^src/commands/' },
      to: { path: '^src/daemon/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },

    only('daemon', [...path('shared', 'ethereum'), '^src/daemon/'], { file: '^src/daemon/(index|compose)\\.ts$' }),
    only('daemon/config', [...path('shared')]),
    only('daemon/observability', [...path('shared'), ...npm('pino', 'pino-pretty')]),
    only('daemon/payments', ['^src/shared/(errors|units|live)\\.ts$'], { node: false }),
    only('daemon/storage', [...path('shared'), ...daemon('observability'), paymentPorts, ...npm('lmdb', 'etcd3')]),
    asTypes('daemon/storage', [paymentPorts]),
    only('daemon/chain', [...path('shared', 'ethereum'), ...daemon('observability'), paymentPorts, ...npm('ethers')]),
    asTypes('daemon/chain', [paymentPorts]),
    only('daemon/metadata', [...path('shared', 'content'), ...daemon('observability'), paymentPorts]),
    asTypes('daemon/metadata', [paymentPorts]),
    only('daemon/gateway', [
      ...path('shared'),
      ...daemon('observability'),
      '^src/daemon/payments/index\\.ts$',
      ...npm('@grpc/grpc-js'),
    ]),
    only('daemon/api', [
      ...path('shared'),
      ...daemon('observability'),
      '^src/daemon/payments/index\\.ts$',
      ...npm('@grpc/grpc-js'),
    ]),

    ...['ethereum', 'content', 'wallet', 'client', 'shared/wire'].map(door),
    ...['config', 'observability', 'payments', 'storage', 'chain', 'metadata', 'gateway', 'api'].map((room) =>
      door(`daemon/${room}`),
    ),
  ],
}
