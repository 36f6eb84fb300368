import { expect, test } from 'vitest'
import { unitSteps, unitText } from '../../../src/client/systemd.js'

const options = {
  node: '/usr/bin/node',
  program: '/opt/snetd/bin/run.js',
  configFile: '/etc/snetd/snetd.config.json',
  dataDir: '/var/lib/snetd',
  isUser: false,
  stopSeconds: 20,
}

test('a unit of the system runs the daemon, and may write to its data alone', () => {
  const unit = unitText(options)
  expect(unit).toContain('ExecStart=/usr/bin/node /opt/snetd/bin/run.js serve -c /etc/snetd/snetd.config.json\n')
  expect(unit).toContain('WorkingDirectory=/etc/snetd\n')
  expect(unit).toContain('ReadWritePaths=/var/lib/snetd\n')
  expect(unit).toContain('TimeoutStopSec=20\n')
  expect(unit).toContain('WantedBy=multi-user.target\n')
})

test('a unit of a user asks for nothing that a user has no right to', () => {
  const unit = unitText({ ...options, isUser: true })
  expect(unit).not.toMatch(/Protect|ReadWritePaths|network-online/)
  expect(unit).toContain('WantedBy=default.target\n')
  expect(unitSteps('/home/a/.config/systemd/user/snetd.service', { isUser: true })[0]).toBe(
    'systemctl --user daemon-reload',
  )
})

test('paths with odd characters are one word each, and expand nothing', () => {
  const unit = unitText({ ...options, configFile: '/etc/a b/50% $HOME "x".json' })
  expect(unit).toContain('serve -c "/etc/a b/50%% $$HOME \\"x\\".json"\n')
})
