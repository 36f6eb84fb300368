import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readManifest } from '../../src/client/help/index.js'
import { configTable, findSettings, parseYaml } from '../../src/settings/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { tempDir } from '../support/temp-dir.js'

// No container engine is there for tests: what the files say is held against what the program has.

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')

interface Replica {
  readonly build: { readonly context: string; readonly dockerfile: string }
  readonly environment: Readonly<Record<string, string>>
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly secrets: readonly string[]
  readonly read_only: boolean
  readonly stop_grace_period: string
}

interface Compose {
  readonly services: Readonly<Record<string, Replica>>
  readonly volumes: Readonly<Record<string, null>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

const compose = parseYaml('compose.yaml', read('deploy/compose.yaml')) as Compose
const { etcd, ...replicas } = compose.services
const config = JSON.parse(read('deploy/snetd.config.json')) as Record<string, string>
const portOf = (endpoint = ''): string => endpoint.split(':').at(-1) as string

interface Instruction {
  readonly name: string
  readonly text: string
}

/** The stages of the Dockerfile, each with its instructions. */
const stages: readonly (readonly Instruction[])[] = read('deploy/Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split(/^(?=FROM )/m)
  .map((stage) =>
    stage.split('\n').flatMap((line) => {
      const [, name, text] = /^([A-Z]+) +(.+)$/.exec(line.trim()) ?? []
      return name !== undefined && text !== undefined ? [{ name, text }] : []
    }),
  )
  .filter((stage) => stage.length > 0)
const last = stages.at(-1) ?? []
const textsOf = (name: string, of = last): string[] => of.flatMap((one) => (one.name === name ? [one.text] : []))

describe('the Dockerfile', () => {
  test('starts every stage from a Node that is new enough, and slim', () => {
    const from = stages.flatMap((stage) => textsOf('FROM', stage))
    expect(from).toHaveLength(3)
    for (const text of from) expect(text).toMatch(/^node:20-bookworm-slim( AS \w+)?$/)
  })

  test('installs without install scripts, and what runs without what only development needs', () => {
    const installs = stages.flatMap((stage) => textsOf('RUN', stage)).filter((text) => text.startsWith('npm'))
    for (const text of installs) expect(text).toMatch(/^npm ci --ignore-scripts /)
    const [, packages = []] = stages
    expect(textsOf('RUN', packages)).toEqual([expect.stringContaining('--omit=dev')])
  })

  test('has in its last stage all that the package has, from places that there are', () => {
    const copies = textsOf('COPY').map((text) => text.split(' '))
    const sources = copies.flatMap((words) =>
      words.filter((word) => word.startsWith('/build/')).map((path) => path.slice(7)),
    )
    const { files } = JSON.parse(read('package.json')) as { files: string[] }
    const packed = files.filter((file) => !file.startsWith('!'))
    expect([...sources].sort()).toEqual([...packed, 'package.json', 'node_modules'].sort())
    const ignored = read('.dockerignore').split('\n')
    for (const file of sources) {
      const isMade = file === 'dist' || file === 'node_modules'
      expect([file, existsSync(join(packageRoot, file)) || isMade, ignored.includes(file)]).toEqual([
        file,
        true,
        isMade,
      ])
    }
  })

  test('runs as nobody special, where only the data directory is written to', () => {
    expect(textsOf('USER')).toEqual(['node'])
    expect(textsOf('VOLUME')).toEqual([config['data_dir']])
    expect(textsOf('EXPOSE')).toEqual([`${portOf(config['daemon_endpoint'])} ${portOf(config['metrics_endpoint'])}`])
  })

  test('starts, and asks for its health, with commands and flags that there are', () => {
    const [health = ''] = textsOf('HEALTHCHECK')
    const words = (json = '[]'): string[] => JSON.parse(json) as string[]
    const [program, ...asked] = words(/CMD (\[.*\])$/.exec(health)?.[1])
    const lines = [asked, words(textsOf('CMD')[0])]
    expect([program, words(textsOf('ENTRYPOINT')[0])]).toEqual(['snetd', ['snetd']])
    const { commands } = readManifest()
    for (const [id = '', ...args] of lines) {
      const { flags = {} } = commands[id] ?? {}
      const known = Object.values(flags).flatMap(({ name, char }) => [`--${name}`, `-${char}`])
      expect([id, id in commands]).toEqual([id, true])
      expect(args.filter((word) => word.startsWith('-') && !known.includes(word))).toEqual([])
    }
    expect(asked).toEqual(expect.arrayContaining(['--data-dir', config['data_dir']]))
    expect(lines[1]).toEqual(['serve', '-c', '/etc/snetd/snetd.config.json'])
    for (const link of ['run.js', 'infra.js']) expect(textsOf('RUN')[0]).toContain(`/opt/snetd/bin/${link}`)
  })
})

describe('the compose file', () => {
  test('starts three replicas beside an etcd, each with a port and a directory of its own, and nothing else to write to', () => {
    const all = Object.values(replicas)
    expect([all.length, etcd !== undefined]).toEqual([3, true])
    const ports = all.flatMap(({ ports }) => ports).map((text) => text.split(':') as [string, string])
    expect(new Set(ports.map(([outside]) => outside)).size).toBe(3)
    expect(ports.every(([, inside]) => inside === portOf(config['daemon_endpoint']))).toBe(true)
    const mounts = all.flatMap(({ volumes }) => volumes).map((text) => text.split(':') as [string, string, string?])
    const own = mounts.filter(([, inside]) => inside === config['data_dir']).map(([name]) => name)
    expect(new Set(own).size).toBe(3)
    expect(own.every((name) => name in compose.volumes)).toBe(true)
    expect(mounts.filter(([, , mode]) => mode !== 'ro')).toHaveLength(3)
    for (const [from] of mounts.filter(([, , mode]) => mode === 'ro'))
      expect(existsSync(resolve(packageRoot, 'deploy', from))).toBe(true)
    expect(all.every(({ read_only: isReadOnly }) => isReadOnly)).toBe(true)
    for (const { build } of all)
      expect(existsSync(resolve(packageRoot, 'deploy', build.context, build.dockerfile))).toBe(true)
  })

  test('hands in secrets by variables that there are, and keeps them out of the image and of git', () => {
    const variables = configTable().map(({ variable }) => variable)
    for (const { environment, secrets } of Object.values(replicas)) {
      for (const [name, file] of Object.entries(environment)) {
        expect([name, variables.includes(name)]).toEqual([name, true])
        expect(secrets).toContain(basename(file))
      }
      for (const secret of secrets) expect(compose.secrets[secret]?.file).toBe(`./secrets/${secret}`)
    }
    expect(read('.dockerignore')).toContain('\n**/secrets\n')
    expect(read('.gitignore')).toContain('\n/deploy/secrets/\n')
  })

  test('starts a daemon whose settings are right once what is in capitals is filled in', async () => {
    await using directory = await tempDir()
    const file = join(directory.path, 'snetd.config.json')
    const secrets = join(directory.path, 'secrets')
    await mkdir(secrets)
    await writeFile(join(secrets, 'token_secret_key'), 'x'.repeat(32), { mode: 0o600 })
    await writeFile(join(secrets, 'ethereum_node'), 'https://node.example/v3/KEY', { mode: 0o600 })
    const { environment, stop_grace_period: grace } = Object.values(replicas)[0] as Replica
    const env = Object.fromEntries(
      Object.entries(environment).map(([name, path]) => [name, join(secrets, basename(path))]),
    )
    const find = async (text: string) => {
      await writeFile(file, text)
      return await findSettings({ file, env, flags: {}, cwd: directory.path })
    }
    const written = read('deploy/snetd.config.json')
    expect((await find(written)).problems.map(({ key }) => key).sort()).toEqual(['organization_id', 'service_id'])
    const filled = await find(written.replaceAll(/"YOUR_[A-Z_]+"/g, '"mine"'))
    expect([filled.problems, filled.warnings]).toEqual([[], []])
    expect(filled.config.payment_channel_storage_client?.endpoints).toEqual(['http://etcd:2379'])
    const { shutdown_delay: delayMs, drain_timeout: drainMs } = filled.config
    expect(Number(grace.replace(/s$/, '')) * 1000).toBeGreaterThan(delayMs + drainMs)
    await chmod(join(secrets, 'ethereum_node'), 0o644)
    expect((await find(written)).problems.map(({ key }) => key)).toContain('ethereum_json_rpc_http_endpoint_file')
  })
})
