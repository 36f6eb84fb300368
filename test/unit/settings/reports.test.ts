import { describe, expect, test } from 'vitest'
import { complete, inDirectory, problemsOf } from './harness.js'

const { load } = inDirectory()
const key = '11'.repeat(32)
const endpoint = 'https://reports.example.org'

describe('keys of metering and alerts', () => {
  test.each([
    [
      { metering_enabled: true, private_key_for_metering: key },
      /^to Support Metering you need to have a valid Metering End point; set metering_endpoint, .*\(from \.\/snetd\.config\.json\)$/,
    ],
    [
      { metering_enabled: true, metering_endpoint: endpoint },
      /^private_key_for_metering: reports are signed, .*; set it, /,
    ],
    [
      { metering_enabled: true, metering_endpoint: 'reports', private_key_for_metering: key },
      /^metering_endpoint: expected a URL/,
    ],
    [
      { alerts_email: 'ops@example.org' },
      /^service endpoint {2}and alerts email id must be valid; set notification_endpoint .*\(from \.\/snetd\.config\.json\)$/,
    ],
    [
      { alerts_email: 'nobody', notification_endpoint: endpoint },
      /^alerts_email: expected one address of e-mail, got "nobody"/,
    ],
  ])('%o is refused with what to do', async (changes, problem) => {
    expect(await problemsOf(load({ ...complete, ...changes }))).toEqual([expect.stringMatching(problem)])
  })

  test.each([
    [{ notification_endpoint: endpoint }, 'notification_endpoint is set, but alerts_email is not'],
    [
      { notification_endpoint: endpoint, alerts_email: 'ops@example.org' },
      'private_key_for_metering, which signs alerts, is not',
    ],
    [{ metering_enabled: true, blockchain_enabled: false }, 'no calls are paid: nothing is reported'],
  ])('%o starts, with a warning', async (changes, words) => {
    const { warnings } = await load({ ...complete, ...changes })
    expect(warnings).toContainEqual(expect.stringContaining(words))
  })

  test('all of it together is right', async () => {
    const { warnings } = await load(
      {
        ...{ ...complete, metering_enabled: true, metering_endpoint: endpoint },
        ...{ notification_endpoint: endpoint, alerts_email: 'ops@example.org' },
      },
      { env: { SNET_PRIVATE_KEY_FOR_METERING: key } },
    )
    expect(warnings).toEqual([])
  })
})
