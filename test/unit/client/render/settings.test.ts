import { expect, test } from 'vitest'
import { renderSettings } from '../../../../src/client/render/settings.js'

const row = { section: 'The gate', key: 'drain_timeout', default: '10s', effect: 'How long calls may finish.' }

test('wrong settings come first, the others by chapter, in lines as wide as the terminal', () => {
  const rows = [
    { ...row, value: '5s', origin: './snetd.config.json' },
    {
      ...row,
      section: 'Storage',
      key: 'data_dir',
      value: null,
      origin: 'unset',
      default: null,
      effect: 'Where data is kept.',
    },
    {
      ...row,
      key: 'service_timeout',
      value: 'soon',
      origin: 'SNET_SERVICE_TIMEOUT',
      problem: 'service_timeout: expected a duration such as 500ms, 30s or 5m, got "soon" (from SNET_SERVICE_TIMEOUT)',
    },
  ]
  expect(renderSettings(rows, { width: 60 }).split('\n')).toEqual([
    'WRONG',
    '  service_timeout = "soon"',
    '    from SNET_SERVICE_TIMEOUT',
    '    service_timeout: expected a duration such as 500ms,',
    '      30s or 5m, got "soon" (from SNET_SERVICE_TIMEOUT)',
    '',
    'The gate',
    '  drain_timeout = "5s"',
    '    from ./snetd.config.json',
    '    How long calls may finish. Default: "10s".',
    '',
    'Storage',
    '  data_dir = not set',
    '    Where data is kept.',
  ])
})
