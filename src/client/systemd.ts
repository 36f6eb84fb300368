/** A systemd unit that runs the daemon. */
export interface UnitOptions {
  /** Absolute paths. */
  readonly node: string
  readonly program: string
  readonly configFile: string
  readonly dataDir: string
  readonly isUser: boolean
  /** How long a stop may take before it is enforced. */
  readonly stopSeconds: number
}

/** The unit's text: one daemon, restarted after a crash and not after a refusal to start. */
export function unitText({ node, program, configFile, dataDir, isUser, stopSeconds }: UnitOptions): string {
  const run = [node, program, 'serve', '-c', configFile].map(quoted).join(' ')
  return `[Unit]
Description=snetd, payment gate and control daemon
${isUser ? '' : 'Wants=network-online.target\nAfter=network-online.target\n'}
[Service]
Type=exec
ExecStart=${run}
WorkingDirectory=${escaped(directoryOf(configFile))}
Restart=on-failure
RestartSec=2
# Settings that are wrong do not become right by trying again; neither does a service that is not registered.
RestartPreventExitStatus=2 6
TimeoutStopSec=${stopSeconds}
LimitNOFILE=65536
UMask=0077
NoNewPrivileges=true
${isUser ? '' : systemGuards(dataDir)}
[Install]
WantedBy=${isUser ? 'default.target' : 'multi-user.target'}
`
}

/** What a unit of the system's may be denied; a user's own units lack the rights to deny it. */
const systemGuards = (dataDir: string): string => `ProtectSystem=strict
ReadWritePaths=${escaped(dataDir)}
PrivateTmp=true
PrivateDevices=true
ProtectKernelTunables=true
ProtectControlGroups=true
RestrictSUIDSGID=true
`

const directoryOf = (file: string): string => file.slice(0, Math.max(1, file.lastIndexOf('/')))

/** Specifiers start with %, and values end at the line's end. */
const escaped = (value: string): string => value.replaceAll('%', '%%')

const quoted = (word: string): string => {
  const safe = escaped(word).replaceAll('$', '$$$$')
  return /[\s"'\\;]/.test(safe) ? `"${safe.replaceAll(/["\\]/g, '\\$&')}"` : safe
}

/** How to let it run, a line each. */
export function unitSteps(path: string, { isUser }: { isUser: boolean }): string[] {
  const systemctl = isUser ? 'systemctl --user' : 'systemctl'
  const name = path.slice(path.lastIndexOf('/') + 1)
  return [
    `${systemctl} daemon-reload`,
    `${systemctl} enable --now ${name}`,
    `journalctl ${isUser ? '--user ' : ''}-u ${name} -f`,
    ...(isUser ? ['loginctl enable-linger   # so that it runs while you are logged out'] : []),
  ]
}
