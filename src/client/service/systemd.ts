import { execFile, type ExecFileException } from 'node:child_process'
import { basename, dirname, join, relative } from 'node:path'

/** What a unit needs to know of the daemon that it runs. Paths are absolute. */
export interface DaemonUnit {
  readonly node: string
  readonly program: string
  readonly config: string
  readonly dataDir: string
  /** Further places that the daemon writes to. */
  readonly writable: readonly string[]
  /** From the signal until the last call has ended or was cut. */
  readonly stopMs: number
  /** How long a start may take until clients can connect. */
  readonly startMs: number
  /** Whether it listens below port 1024. */
  readonly needsLowPort: boolean
  /** Who runs it; undefined for a unit of one user's own manager, which runs all as that user. */
  readonly user: string | undefined
  /** Files with secrets, by their keys: systemd reads them, as root, and hands the daemon copies. */
  readonly credentials: Readonly<Record<string, string>>
}

export const UNIT_NAME = 'snetd.service'
const DESCRIPTION = 'Description=snetd: payment gate and control daemon'

/** Whether `unitText`, of this or an earlier version, made it. */
export const isOurUnit = (text: string): boolean => text.includes(DESCRIPTION)

export function unitPath({ isUser, configHome }: { isUser: boolean; configHome: string }): string {
  return join(isUser ? join(configHome, 'systemd', 'user') : '/etc/systemd/system', UNIT_NAME)
}

/** A stop waits for calls in flight, then for what is written at the end. */
const STOP_MARGIN_S = 10
/** A start waits for others, and besides opens a store that may be large. */
const START_MARGIN_S = 60
const STATE = '/var/lib'

/** The name that systemd gives a data directory which it creates itself; undefined for one elsewhere. */
export function stateDirectory(dataDir: string): string | undefined {
  const below = relative(STATE, dataDir)
  return below === '' || below.startsWith('..') ? undefined : below
}

export function unitText(unit: DaemonUnit): string {
  const { node, program, config, stopMs, startMs, user } = unit
  const sections: Record<string, string[]> = {
    Unit: [
      DESCRIPTION,
      // A user's own manager knows nothing of the network.
      ...(user === undefined ? [] : ['Wants=network-online.target', 'After=network-online.target']),
    ],
    Service: [
      '# systemd is told when clients can connect, and twice a minute that the daemon is alive; by its own program,',
      '# systemd-notify, since Node has no datagram sockets.',
      'Type=notify',
      'NotifyAccess=all',
      'WatchdogSec=60',
      ...(user === undefined ? [] : ['# The owner of the config file, which others may not read.', `User=${user}`]),
      `WorkingDirectory=${escape(dirname(config))}`,
      `ExecStart=${[node, program, 'serve', '-c', config].map(argument).join(' ')}`,
      '# Has the config file read again.',
      'ExecReload=/bin/kill -HUP $MAINPID',
      '# A config that is wrong (2) stays wrong: only other failures are tried again.',
      'Restart=on-failure',
      'RestartSec=2',
      'RestartPreventExitStatus=2',
      '# startup_timeout, and time to open.',
      `TimeoutStartSec=${Math.ceil(startMs / 1000) + START_MARGIN_S}`,
      '# shutdown_delay and drain_timeout, and time to close.',
      `TimeoutStopSec=${Math.ceil(stopMs / 1000) + STOP_MARGIN_S}`,
      'LimitNOFILE=65536',
      '# A dump of its memory would hold its secrets.',
      'LimitCORE=0',
      ...credentialLines(unit),
      '# Where the control socket lies when the path of data_dir is too long for one.',
      'RuntimeDirectory=snetd',
      'RuntimeDirectoryMode=0700',
      'Environment=TMPDIR=%t/snetd',
      'UMask=0077',
      ...(user === undefined ? ['NoNewPrivileges=yes'] : hardening(unit)),
    ],
    Install: [`WantedBy=${user === undefined ? 'default.target' : 'multi-user.target'}`],
  }
  return Object.entries(sections)
    .map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`)
    .join('\n')
}

/** In the order of their names, so that the same unit has the same text. */
function credentialLines({ credentials }: DaemonUnit): string[] {
  const lines = Object.entries(credentials).map(([key, file]) => `LoadCredential=${key}:${escape(file)}`)
  return lines.length === 0
    ? []
    : ['# Secrets, in files that the daemon itself need not be able to read.', ...lines.sort()]
}

/** What the daemon can live with: it writes to few places and needs no privilege. */
function hardening({ dataDir, writable, needsLowPort }: DaemonUnit): string[] {
  const state = stateDirectory(dataDir)
  const places = [...(state === undefined ? [dataDir] : []), ...writable.map((path) => `-${path}`)]
  const capabilities = needsLowPort ? 'CAP_NET_BIND_SERVICE' : ''
  return [
    '# It writes here and nowhere else.',
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    ...(state === undefined ? [] : [`StateDirectory=${word(state)}`, 'StateDirectoryMode=0700']),
    ...(places.length > 0 ? [`ReadWritePaths=${places.map(word).join(' ')}`] : []),
    '# No privilege, and no way to one.',
    'NoNewPrivileges=yes',
    `CapabilityBoundingSet=${capabilities}`,
    ...(needsLowPort ? [`AmbientCapabilities=${capabilities}`] : []),
    ...['PrivateDevices', 'ProtectClock', 'ProtectControlGroups', 'ProtectHostname', 'ProtectKernelLogs'].map(on),
    ...['ProtectKernelModules', 'ProtectKernelTunables', 'LockPersonality', 'RestrictRealtime'].map(on),
    ...['RestrictSUIDSGID', 'RestrictNamespaces'].map(on),
    'ProtectProc=invisible',
    'KeyringMode=private',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    '# What services need; anything else fails as not permitted. V8 asks for protection keys where there are some.',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service @pkey',
    'SystemCallErrorNumber=EPERM',
    '# Not MemoryDenyWriteExecute: Node compiles as it runs. Not PrivateTmp: it would hide the control socket.',
  ]
}

const on = (name: string): string => `${name}=yes`

/** `%` starts a specifier everywhere. */
const escape = (text: string): string => text.replaceAll('%', '%%')

/** One word of a list, whatever is in it. */
const word = (text: string): string =>
  /^[\w./@:+,=-]+$/.test(text) ? text : `"${escape(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** One word of a command, where `$` starts a variable. */
const argument = (text: string): string => word(text).replaceAll('$', '$$$$')

export interface Verification {
  /** Undefined where it could not be found out. */
  readonly isRight: boolean | undefined
  /** What systemd says of the unit, or why it was not asked. */
  readonly told: readonly string[]
}

/** Has systemd check the written unit, and leaves out what it says of other units. */
export async function verifyUnit(path: string, { isUser }: { isUser: boolean }): Promise<Verification> {
  const args = [...(isUser ? ['--user'] : []), 'verify', path]
  const { error, stderr } = await new Promise<{ error: ExecFileException | null; stderr: string }>((done) =>
    execFile('systemd-analyze', args, (failure, _, said) => done({ error: failure, stderr: said })),
  )
  if (error?.code === 'ENOENT') return { isRight: undefined, told: ['there is no systemd-analyze on this host'] }
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const faults = lines.filter((line) => line.startsWith(`${path}:`) || line.startsWith(`${basename(path)}:`))
  if (faults.length > 0) return { isRight: false, told: faults }
  return error ? { isRight: undefined, told: lines } : { isRight: true, told: [] }
}
