// Who may import whom: one entry for each room; what an entry does not list is forbidden. scripts/check-imports.mjs
// (npm run check:imports) applies it.

const SHARED = '^src/shared/'
const OBSERVABILITY = '^src/daemon/observability/'
const PAYMENTS = '^src/daemon/payments/index\\.ts$'
/** Ports are for types only, see `ports-as-types`. */
const PAYMENT_PORTS = '^src/daemon/payments/ports\\.ts$'
const GATEWAY = '^src/daemon/gateway/'
/** What a call is, and how its parts are written: for transports, filters and upstreams alike. */
const OF_A_CALL = `${GATEWAY}(call|failure|header-list|messages|metadata|request-budget|tracked-set)\\.ts$`
/** How headers go over HTTP/2, for the two sides that speak it. */
const HTTP2_HEADERS = `${GATEWAY}http2-headers/`
/** Our own HTTP/2, which knows nothing of what it carries. */
const FRAMES = `${GATEWAY}frames/index\\.ts$`
/** Whose HTTP/2 is spoken. */
const WHICH_HTTP2 = `${GATEWAY}data-plane\\.ts$`
/** What both versions of HTTP do with a request. */
const OF_HTTP = `${GATEWAY}transport/((connection-limits|form|incoming|leave|outlet|pages)|clients/index)\\.ts$`
const WEB_FORMS = `${GATEWAY}transport/web/index\\.ts$`
const DATA_DIR = '^src/daemon/data-dir/index\\.ts$'
const INFRA = '^src/daemon/infra/'
/** What the rooms of infra promise each other, and its bounds. */
const INFRA_COMMON = '^src/daemon/infra/(contract/|limits\\.ts$)'

const ETHEREUM_PACKAGES = ['ethers', 'secp256k1', '@bitauth/libauth', 'hash-wasm', 'singularitynet-platform-contracts']
const CONTENT_PACKAGES = [
  ...['undici', 'multiformats', 'protobufjs', 'tar-stream'],
  ...['@ipld/dag-pb', 'ipfs-unixfs', 'ipfs-unixfs-importer'],
]
const SANDBOX_PACKAGES = [
  ...['ethers', '@oclif/core', 'multiformats'],
  ...['singularitynet-platform-contracts', 'singularitynet-token-contracts'],
]

/** Made of proto/ by `npm run generate`. */
const WIRE_TYPES = '^src/shared/wire/generated/'

/** Commands that may load the daemon; the rest talk to a running one. */
const COMMANDS_WITH_DAEMON = '^src/commands/(serve|storage|doctor|channel|claims|freecall)(/|\\.ts$)'

/** Each room: its files, the other rooms and the packages it may import, and whether it may use node's own modules. */
const ROOMS = [
  {
    name: 'shared',
    path: '^src/shared/(?!wire/)',
    rooms: [],
  },
  {
    name: 'settings',
    path: '^src/settings/',
    rooms: [SHARED],
    packages: ['cosmiconfig', 'smol-toml', 'singularitynet-platform-contracts'],
  },
  {
    name: 'settings-keys',
    path: '^src/settings/keys/',
    rooms: [SHARED, '^src/settings/(engine|fields|networks)\\.ts$'],
  },
  { name: 'lifecycle', path: '^src/shared/lifecycle\\.ts$', rooms: [] },
  {
    name: 'wire',
    path: '^src/shared/wire/',
    rooms: [SHARED],
    packages: ['@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'],
  },
  { name: 'ethereum', path: '^src/ethereum/', rooms: [SHARED], packages: ETHEREUM_PACKAGES },
  { name: 'content', path: '^src/content/', rooms: [SHARED], packages: CONTENT_PACKAGES },
  {
    name: 'client',
    path: '^src/client/',
    rooms: [SHARED, '^src/(settings|wallet)/'],
    packages: ['@oclif/core', 'listr2', 'cosmiconfig', 'multiformats'],
  },
  // Rules of a report without input or output; what shows it is handed its figures.
  { name: 'client-run-report', path: '^src/client/run-report/', rooms: [SHARED], node: false },
  { name: 'wallet', path: '^src/wallet/', rooms: [SHARED, '^src/(ethereum|content)/'], packages: ['ethers'] },
  {
    name: 'sandbox',
    path: '^src/sandbox/',
    rooms: [SHARED, '^src/(client|wallet|ethereum|content)/'],
    packages: SANDBOX_PACKAGES,
  },
  { name: 'sandbox-berty', path: '^src/sandbox/berty/', rooms: [SHARED], packages: ['multiformats'] },
  {
    name: 'commands',
    path: '^src/commands/',
    // Not each other: what two commands share lives in client.
    isApart: true,
    rooms: [SHARED, '^src/(client|settings|wallet|sandbox)/', '^src/daemon/index\\.ts$'],
    packages: ['@oclif/core'],
  },
  {
    name: 'daemon',
    path: '^src/daemon/(index|compose|compose-[a-z-]+|crash|group-state|money-figures|open-store|page-data|patience|payment-figures|payment-kinds|setting-parameters|room-configs|running-settings|shared-secret|shared-settings|status|store-moves|stored-payments|stored-tables)\\.ts$',
    rooms: [SHARED, '^src/(content|ethereum|settings)/', '^src/daemon/'],
  },
  { name: 'observability', path: '^src/daemon/observability/', rooms: [SHARED], packages: ['pino', 'pino-pretty'] },
  { name: 'log-hooks', path: '^src/daemon/log-hooks/', rooms: [SHARED, OBSERVABILITY], packages: ['nodemailer'] },
  { name: 'doctor', path: '^src/daemon/doctor/', rooms: [SHARED] },
  { name: 'service-manager', path: '^src/daemon/service-manager/', rooms: [SHARED, OBSERVABILITY] },
  { name: 'metrics-endpoint', path: '^src/daemon/metrics-endpoint/', rooms: [SHARED, OBSERVABILITY] },
  {
    name: 'payments',
    path: '^src/daemon/payments/',
    rooms: ['^src/shared/(?!wire/)'],
    // The rules of money run and read the same anywhere.
    node: false,
  },
  {
    name: 'payments-escrow',
    path: '^src/daemon/payments/escrow/',
    rooms: ['^src/shared/(?!wire/)', '^src/daemon/payments/(not-allowed|ports|price-of-call|reservation)\\.ts$'],
    node: false,
  },
  {
    name: 'payments-prepaid',
    path: '^src/daemon/payments/prepaid/',
    rooms: [
      '^src/shared/(?!wire/)',
      '^src/daemon/payments/((ports|price-of-call|reservation)\\.ts$|escrow/index\\.ts$)',
    ],
    node: false,
  },
  { name: 'data-dir', path: '^src/daemon/data-dir/', rooms: [SHARED, OBSERVABILITY], packages: ['lmdb'] },
  {
    name: 'storage',
    path: '^src/daemon/storage/',
    rooms: [SHARED, OBSERVABILITY, DATA_DIR, PAYMENT_PORTS],
    packages: ['lmdb', 'etcd3', 'cockatiel'],
  },
  {
    name: 'storage-backends',
    path: '^src/daemon/storage/(embedded|memory)/',
    rooms: [SHARED, DATA_DIR, '^src/daemon/storage/record-(store|text)\\.ts$'],
    packages: ['lmdb'],
  },
  {
    name: 'outbox',
    path: '^src/daemon/outbox/',
    rooms: [SHARED, OBSERVABILITY, DATA_DIR],
    packages: ['lmdb', 'undici'],
  },
  { name: 'metering', path: '^src/daemon/metering/', rooms: [SHARED] },
  { name: 'alerts', path: '^src/daemon/alerts/', rooms: [SHARED, OBSERVABILITY] },
  { name: 'certificates', path: '^src/daemon/certificates/', rooms: [SHARED, OBSERVABILITY, DATA_DIR] },
  { name: 'etcd-server', path: '^src/daemon/etcd-server/', rooms: [SHARED, OBSERVABILITY] },
  {
    name: 'reflection',
    path: '^src/daemon/reflection/',
    rooms: [SHARED, '^src/content/'],
    packages: ['@grpc/grpc-js'],
  },
  { name: 'probing', path: '^src/daemon/probing/', rooms: [SHARED, OBSERVABILITY] },
  {
    name: 'chain',
    path: '^src/daemon/chain/',
    rooms: [SHARED, OBSERVABILITY, '^src/ethereum/', PAYMENT_PORTS],
    packages: ['cockatiel', 'ws'],
  },
  { name: 'metadata', path: '^src/daemon/metadata/', rooms: [SHARED, OBSERVABILITY, '^src/content/', PAYMENT_PORTS] },
  {
    name: 'gateway',
    path: `${GATEWAY}[^/]+\\.ts$`,
    rooms: [SHARED, OBSERVABILITY, PAYMENTS, `${GATEWAY}(?!http2-headers/)`],
    packages: ['@grpc/grpc-js'],
  },
  { name: 'gateway-frames', path: `${GATEWAY}frames/`, rooms: [] },
  {
    name: 'gateway-transport',
    path: `${GATEWAY}transport/`,
    rooms: [SHARED, OBSERVABILITY, OF_A_CALL, HTTP2_HEADERS, FRAMES, WHICH_HTTP2],
  },
  {
    name: 'gateway-transport-http1',
    path: `${GATEWAY}transport/http1/`,
    rooms: [SHARED, OF_A_CALL, OF_HTTP, WEB_FORMS, FRAMES],
  },
  {
    name: 'gateway-transport-http2',
    path: `${GATEWAY}transport/http2/`,
    rooms: [SHARED, OF_A_CALL, HTTP2_HEADERS, OF_HTTP, WEB_FORMS, FRAMES],
  },
  {
    name: 'gateway-transport-web',
    path: `${GATEWAY}transport/web/`,
    rooms: [SHARED, OF_A_CALL, HTTP2_HEADERS, `${GATEWAY}transport/(form|origins)\\.ts$`],
    node: false,
  },
  { name: 'gateway-http2-headers', path: HTTP2_HEADERS, rooms: [`${GATEWAY}(header-list|metadata)\\.ts$`] },
  {
    name: 'gateway-upstream',
    path: `${GATEWAY}upstream/`,
    rooms: [SHARED, OBSERVABILITY, OF_A_CALL, HTTP2_HEADERS, FRAMES, WHICH_HTTP2],
    packages: ['@grpc/grpc-js'],
  },
  {
    name: 'gateway-upstream-http',
    path: `${GATEWAY}upstream/http/`,
    rooms: [
      ...[SHARED, OBSERVABILITY, OF_A_CALL],
      `${GATEWAY}upstream/(http-peer|message-codec|method-names|one-answer|stall|unanswered|upstream|whole-requests)\\.ts$`,
    ],
    packages: ['@grpc/grpc-js'],
  },
  { name: 'gateway-rates', path: `${GATEWAY}rates/`, rooms: [SHARED, OBSERVABILITY] },
  {
    name: 'gateway-plain',
    path: `${GATEWAY}plain/`,
    rooms: [
      ...[SHARED, OBSERVABILITY, OF_A_CALL],
      `${GATEWAY}(gateway|rates/index|transport/index|upstream/index)\\.ts$`,
    ],
  },
  {
    name: 'gateway-payment-headers',
    path: `${GATEWAY}payment-headers/`,
    rooms: [SHARED, PAYMENTS, `${GATEWAY}header-list\\.ts$`],
    node: false,
  },
  {
    name: 'training',
    path: '^src/daemon/training/',
    rooms: [SHARED, OBSERVABILITY, '^src/ethereum/', PAYMENT_PORTS],
    packages: ['@grpc/grpc-js'],
  },
  {
    name: 'tracing',
    path: '^src/daemon/tracing/',
    rooms: [SHARED, OBSERVABILITY],
    packages: [
      ...['@opentelemetry/api', '@opentelemetry/exporter-trace-otlp-http'],
      ...['@opentelemetry/resources', '@opentelemetry/sdk-trace-base'],
    ],
  },
  { name: 'shared-rates', path: '^src/daemon/shared-rates/', rooms: [SHARED, PAYMENT_PORTS] },
  {
    name: 'moving',
    path: '^src/daemon/moving/',
    rooms: [SHARED, PAYMENTS, PAYMENT_PORTS, '^src/daemon/storage/index\\.ts$'],
  },
  { name: 'api', path: '^src/daemon/api/', rooms: [SHARED, OBSERVABILITY, PAYMENTS], packages: ['@grpc/grpc-js'] },
  {
    name: 'infra',
    path: '^src/daemon/infra/[^/]+\\.ts$',
    rooms: [SHARED, OBSERVABILITY, INFRA],
  },
  { name: 'infra-contract', path: `${INFRA}contract/`, rooms: [SHARED] },
  { name: 'infra-message', path: `${INFRA}message/`, rooms: [SHARED, INFRA_COMMON] },
  { name: 'infra-store', path: `${INFRA}store/`, rooms: [SHARED, INFRA_COMMON, DATA_DIR], packages: ['lmdb'] },
  {
    name: 'infra-berty',
    path: `${INFRA}berty/`,
    rooms: [SHARED, OBSERVABILITY, INFRA_COMMON],
    packages: ['@grpc/grpc-js', 'multiformats'],
  },
  { name: 'infra-berty-invites', path: `${INFRA}berty/invites/`, rooms: [SHARED, INFRA_COMMON] },
  {
    name: 'infra-berty-reading',
    path: `${INFRA}berty/reading/`,
    rooms: [SHARED, OBSERVABILITY, INFRA_COMMON, `${INFRA}berty/connection\\.ts$`],
  },
  {
    name: 'infra-groups',
    path: `${INFRA}groups/`,
    rooms: [SHARED, OBSERVABILITY, INFRA_COMMON, `${INFRA}message/index\\.ts$`],
  },
  {
    name: 'infra-runs',
    path: `${INFRA}runs/`,
    rooms: [SHARED, OBSERVABILITY, INFRA_COMMON, `${INFRA}message/index\\.ts$`],
  },
  { name: 'infra-logs', path: `${INFRA}logs/`, rooms: [SHARED], packages: ['tar-stream'] },
  {
    name: 'infra-server',
    path: `${INFRA}server/`,
    rooms: [SHARED, OBSERVABILITY, INFRA_COMMON, `${INFRA}berty/index\\.ts$`],
    packages: ['@grpc/grpc-js', '@grpc/reflection', 'grpc-health-check'],
  },
  // Neither generation of services knows the other one.
  ...['legacy', 'v1'].map((wire) => ({
    name: `infra-server-${wire}`,
    path: `${INFRA}server/${wire}/`,
    rooms: [SHARED, INFRA_COMMON, `${INFRA}berty/index\\.ts$`, `${INFRA}server/(answer|requests)\\.ts$`],
    packages: ['@grpc/grpc-js'],
  })),
]

/** Rooms with a door. */
const DOORS = [
  ...[
    'client',
    'client/completion',
    'client/fleet',
    'client/help',
    'client/run-report',
    'client/service',
    'client/storage',
    'content',
    'ethereum',
    'ethereum/interfaces',
    'sandbox',
    'sandbox/berty',
    'settings',
    'settings/keys',
  ],
  'wallet',
  ...['shared/gob', 'shared/wire', 'shared/wire/grpc'],
  ...[
    'frames',
    'frames/hpack',
    'payment-headers',
    'plain',
    'transport',
    'transport/clients',
    'transport/http1',
    'transport/http2',
    'transport/tls',
    'transport/web',
    'upstream',
    'upstream/http',
    'upstream/json-rpc',
    'upstream/process',
  ].map((room) => `daemon/gateway/${room}`),
  ...[
    'berty',
    'berty/invites',
    'groups',
    'logs',
    'message',
    'runs',
    'server',
    'server/legacy',
    'server/v1',
    'store',
  ].map((room) => `daemon/infra/${room}`),
  ...[
    'api',
    'alerts',
    'api/configuration',
    'certificates',
    'certificates/acme',
    'chain',
    'data-dir',
    'doctor',
    'etcd-server',
    'gateway',
    'infra',
    'log-hooks',
    'metadata',
    'metering',
    'metrics-endpoint',
    'service-manager',
    'moving',
    'observability',
    'observability/log-file',
    'observability/metrics',
    'outbox',
    'payments',
    'payments/escrow',
    'payments/prepaid',
    'probing',
    'reflection',
    'shared-rates',
    'storage',
    'tracing',
    'training',
  ].map((room) => `daemon/${room}`),
]

/** Files beside index.ts that others may enter by, and why. */
const SIDE_DOORS = {
  // What only some commands need: those to control daemons, the gRPC library with it; those about the systemd unit.
  // And what is read before any command is loaded, and what moves whole stores.
  client: ['completion/index', 'fleet/index', 'help/index', 'service/index', 'storage/index'],
  // What takes large libraries along, for whoever needs them.
  ethereum: ['interfaces/index'],
  'shared/wire': ['grpc/index'],
  // The command lines alone: the networks behind them are loaded when they run. And fake Bertys, which need no chain.
  sandbox: ['command', 'infra-command', 'berty/index'],
}

const neighbours = ({ name, path, rooms, isApart = false }) => ({
  name: `${name}-neighbours`,
  comment: `The rooms that ${name} may import are listed in .dependency-cruiser.cjs.`,
  severity: 'error',
  from: { path },
  to: { path: '^src/', pathNot: isApart ? rooms : [path, ...rooms] },
})

const packages = ({ name, path, packages: allowed = [] }) => ({
  name: `${name}-packages`,
  comment: `The packages that ${name} may import are listed in .dependency-cruiser.cjs.`,
  severity: 'error',
  from: { path },
  to: { path: 'node_modules/', pathNot: allowed.map((each) => `node_modules/(@types/)?${each}/`) },
})

const withoutNode = ({ name, path }) => ({
  name: `${name}-node`,
  comment: `${name} uses nothing of node.`,
  severity: 'error',
  from: { path },
  to: { dependencyTypes: ['core'] },
})

const door = (room) => ({
  name: `${room.replaceAll('/', '-')}-door`,
  comment: 'A room is entered through its index.ts, or through ports.ts for types.',
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${room}/` },
  to: {
    path: `^src/${room}/`,
    pathNot: `^src/${room}/(${['index', 'ports', ...(SIDE_DOORS[room] ?? [])].join('|')})\\.ts$`,
  },
})

module.exports = {
  options: {
    tsPreCompilationDeps: true, // type imports count
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle of types is a cycle.',
      severity: 'error',
      // Messages that hold each other are declared that way.
      from: { pathNot: WIRE_TYPES },
      to: { circular: true },
    },
    {
      name: 'no-folder-cycles',
      comment: 'Two folders beside each other that import one another are one room, or a third is missing.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', comment: 'Nothing is there.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      comment: 'Nobody imports it, and it imports nothing.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/commands/' },
      to: {},
    },
    {
      name: 'no-dev-packages',
      comment: 'Who installs the package does not get these.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'known-room',
      comment: 'A new room needs an entry in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: ROOMS.map(({ path }) => path) },
      to: {},
    },
    {
      name: 'gateway-sockets',
      comment: 'Connections are of the transport and the upstreams; all others see calls.',
      severity: 'error',
      from: { path: `${GATEWAY}([^/]+\\.ts$|payment-headers/)` },
      to: { path: '^(node:)?(net|tls|http|http2|https|stream)(/|$)' },
    },
    {
      name: 'gateway-transport-unseen',
      comment: 'Whoever handles calls does not know what brings them: gateway.ts alone opens the port.',
      severity: 'error',
      from: { path: `${GATEWAY}([^/]+\\.ts$|payment-headers/|upstream/)`, pathNot: `${GATEWAY}(gateway|index)\\.ts$` },
      to: { path: `${GATEWAY}transport/` },
    },
    {
      name: 'ports-as-types',
      comment: 'Ports of another room are there for their types.',
      severity: 'error',
      from: { path: '^src/daemon/([^/]+)/' },
      to: { path: '/ports\\.ts$', pathNot: '^src/daemon/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'wire-types',
      comment: 'Generated types are known by the names that shared/wire/index.ts gives them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/shared/wire/' },
      to: { path: WIRE_TYPES },
    },
    {
      name: 'daemon-on-demand',
      comment: 'A command loads the daemon with `await import()`, so that its help costs no daemon.',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: '^src/daemon/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'commands-with-daemon',
      comment: 'Other commands talk to a running daemon.',
      severity: 'error',
      from: { path: '^src/commands/', pathNot: COMMANDS_WITH_DAEMON },
      to: { path: '^src/daemon/' },
    },
    ...ROOMS.map(neighbours),
    ...ROOMS.map(packages),
    ...ROOMS.filter(({ node = true }) => !node).map(withoutNode),
    ...DOORS.map(door),
  ],
}
