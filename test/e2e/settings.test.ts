import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type CliOptions, type CliResult, runCli } from '../support/cli.js'
import { tempDir } from '../support/temp-dir.js'

let cwd = ''
beforeEach(async () => {
  const temp = await tempDir()
  cwd = temp.path
  return temp.remove
})

const snetd = (line: string, more: CliOptions = {}): Promise<CliResult> => runCli(line.split(' '), { cwd, ...more })
const write = (name: string, text: string): Promise<void> => writeFile(join(cwd, name), text, { mode: 0o600 })
const COMPLETE = {
  organization_id: 'ExampleOrg',
  service_id: 'ExampleSvc',
  payment_channel_storage_type: 'embedded',
  ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1/v3/hush',
}
/** What everybody has to fill in, by variable, so that the file stays as it was written. */
const FILLED_IN = {
  SNET_ORGANIZATION_ID: 'ExampleOrg',
  SNET_SERVICE_ID: 'ExampleSvc',
  SNET_SERVICE_ENDPOINT: 'http://127.0.0.1:5000',
  SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:1',
}

describe('init', () => {
  test.each([
    ['init', 'snetd.config.json', 'basic'],
    ['init --full', 'snetd.config.json', 'full default'],
    ['init-full', 'snetd.config.json', 'full default'],
    ['-c mine.yaml init-full', 'mine.yaml', 'full default'],
    ['init -c mine.toml', 'mine.toml', 'basic'],
  ])('"%s" writes %s for its owner alone, and never again', async (line, name, kind) => {
    const first = await snetd(line)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain(`Writing ${kind} configuration to the file: ${name}\n`)
    expect((await stat(join(cwd, name))).mode & 0o777).toBe(0o600)
    const text = await readFile(join(cwd, name), 'utf8')
    expect(text).toMatch(/"?payment_channel_storage_type"?\s*[:=]\s*"embedded"/)
    expect(await snetd(line)).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('such configFile already exists'),
    })
    expect(await readFile(join(cwd, name), 'utf8')).toBe(text)
    const valid = await snetd(`config validate -c ${name}`, { env: FILLED_IN })
    expect(valid).toMatchObject({ code: 0, stderr: '' })
  })
})

const TEN_FAULTS = `
organization_id: YOUR_ORG_ID
daemon_endpoint: nowhere
service_timeout: soon
max_message_size_in_mb: "4000"
passthrough_enabled: maybe
ipfs_endpoint: ftp://x
registry_address_key: "0x12"
payment_channel_storage_type: redis
token_secret_key: short
ssl_cert: none.pem
service_id: s
ethereum_json_rpc_http_endpoint: http://127.0.0.1:1
`

describe('config validate', () => {
  test('a file with ten faults prints ten lines, each with key and origin, and ends with 2', async () => {
    await write('snetd.config.yaml', TEN_FAULTS)
    const { code, stdout, stderr } = await snetd('config validate')
    expect(code).toBe(2)
    expect(stdout).toBe('')
    const lines = stderr.split('Hint:')[0]?.trim().split('\n') ?? []
    expect(lines).toHaveLength(10)
    for (const line of lines) expect(line).toMatch(/[a-z]_[a-z_]+.*\(from \.\/snetd\.config\.yaml\)$/)
    const json = await snetd('config validate --json')
    const told = JSON.parse(json.stdout) as { valid: boolean; problems: Record<string, string>[] }
    expect(json.code).toBe(2)
    expect(told.valid).toBe(false)
    expect(told.problems).toHaveLength(10)
    const file = { origin: './snetd.config.yaml' }
    expect(told.problems.find(({ key }) => key === 'service_timeout')).toMatchObject({ ...file, got: '"soon"' })
    expect(json.stdout).not.toContain('"short"')
  })

  test('takes the file as an argument, and from stdin in the format that is named', async () => {
    await write('mine.json', JSON.stringify(COMPLETE))
    expect(await snetd('config validate mine.json')).toMatchObject({
      code: 0,
      stdout: './mine.json: no problems found\n',
    })
    const input = [
      Object.entries(COMPLETE)
        .map((pair) => pair.join(': '))
        .join('\n'),
    ]
    expect(await snetd('config validate -c - --format yaml', { input })).toMatchObject({
      code: 0,
      stdout: 'stdin: no problems found\n',
    })
  })

  test('opens nothing and writes nothing', async () => {
    await write('snetd.config.json', JSON.stringify({ ...COMPLETE, daemon_endpoint: '127.0.0.1:1' }))
    expect(await snetd('config validate')).toMatchObject({
      code: 0,
      stdout: './snetd.config.json: no problems found\n',
    })
    expect(await readdir(cwd)).toEqual(['snetd.config.json'])
  })

  test('runs no code that lies beside the config file', async () => {
    await write('snetd.config.json', JSON.stringify(COMPLETE))
    await mkdir(join(cwd, '.config'))
    for (const name of ['.config/config.js', '.config/config.cjs', 'snetd.config.js', 'snetd.config.cjs']) {
      await write(name, `require('node:fs').writeFileSync(${JSON.stringify(join(cwd, 'executed'))}, '')`)
    }
    const before = await readdir(cwd)
    expect(await snetd('config validate')).toMatchObject({ code: 0, stderr: '' })
    expect((await snetd('config validate -c snetd.config.cjs')).code).toBe(2)
    expect(await readdir(cwd)).toEqual(before)
  })
})

test('config explain shows what differs from the defaults, wrong ones first, all as JSON, and no secret', async () => {
  await write(
    'snetd.config.toml',
    Object.entries({ ...COMPLETE, drain_timeout: 'soon' })
      .map(tomlLine)
      .join(''),
  )
  const env = { SNET_TOKEN_SECRET_KEY: 'hush'.repeat(10), SNET_SERVICE_TIMEOUT: '7s' }
  const { code, stdout } = await snetd('config explain', { env })
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^WRONG\n {2}drain_timeout = "soon"\n {4}from \.\/snetd\.config\.toml\n {4}drain_timeout: expected a dur/,
  )
  expect(stdout).toMatch(/^ {2}service_timeout = "7s"\n {4}from SNET_SERVICE_TIMEOUT\n {4}How long.*Default: "100s"/m)
  expect(stdout).not.toContain('max_connections')
  expect((await snetd('config explain --all', { env })).stdout).toContain('  max_connections = 10000\n')
  const json = await snetd('config explain --json', { env })
  const rows = JSON.parse(json.stdout) as { key: string; value: unknown; origin: string }[]
  expect(rows.find(({ key }) => key === 'token_secret_key')).toMatchObject({
    value: '(hidden)',
    origin: 'SNET_TOKEN_SECRET_KEY',
  })
  expect(stdout + json.stdout).not.toContain('hush')
})

test.each([
  ['', 2],
  ['serve', 2],
  ['status', 3],
  ['config explain', 0],
])('where nothing is configured, "%s" says so first', async (line, code) => {
  const result = await runCli(
    line.split(' ').filter((word) => word !== ''),
    { cwd },
  )
  expect(result.code).toBe(code)
  expect(result.stderr).toMatch(
    /^(?:Error|Warning): nothing is configured: .*\nHint: {2}"snetd init" writes .*"snetd --help"/,
  )
})

const tomlLine = ([key, value]: [string, string]): string => `${key} = "${value}"\n`

describe('flags as users of the reference type them', () => {
  test.each([
    'serve --blockchain=true --passthrough=true',
    'serve -b=true -t=grpc --auto-ssl-cache=x',
    '-b --type grpc',
    'serve --passthrough false --blockchain',
    'serve -b -p=7000 --poll-sleep=5s --mnemonic x --wallet-index 1 --db-path=x --service-type grpc --wire-encoding json',
  ])('"%s" is taken, and the settings are what is missing', async (line) => {
    const { code, stderr } = await snetd(line)
    expect(code).toBe(2)
    expect(stderr).toContain('organization_id: set the id under which your organisation is registered (not set)')
  })

  test.each(['serve --blockchain=false --passthrough=true', 'serve -b=false -t=grpc'])(
    '"%s" wants nothing of the chain',
    async (line) => {
      const { code, stderr } = await snetd(`${line} --drain-timeout=soon`)
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^Error: drain_timeout: expected [^\n]*\n(?!.*_id)/)])
    },
  )

  test.each([
    ['-b=maybe', 'blockchain_enabled: expected true or false, got "maybe" (from --blockchain)'],
    ['--passthrough=maybe', 'passthrough_enabled: expected true or false, got "maybe" (from --passthrough)'],
    ['serve -t=smtp', 'daemon_type: expected one of grpc, http, got "smtp" (from --type)'],
    ['serve --service-timeout=soon', 'service_timeout: expected a duration such as 500ms, 30s or 5m, got "soon"'],
  ])('what "%s" says counts', async (line, problem) => {
    expect((await snetd(line)).stderr).toContain(problem)
  })
})

test('snetd without a command serves; infra without one shows help', async () => {
  expect((await runCli([], { cwd, env: { SNET_SERVICE_ID: 's' } })).stderr).toContain('organization_id: set the id')
  expect(await runCli([], { cwd, name: 'infra' })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('COMMANDS'),
  })
})
